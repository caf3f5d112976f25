#!/bin/sh
# within.sh FOLDER MEGABYTES : fails where a folder takes more room than it may. A build calls it, so that an
# image that has grown is noticed before a small node's disk and its CPU credits pay for it.
#
# Exit: 0 it fits; 1 it does not, and the largest of it are named; 2 it was called wrongly.
set -eu

[ "$#" = 2 ] && [ -d "$1" ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
takes=$(du -s --apparent-size --block-size=1000000 "$1" | cut -f1)
if [ "$takes" -gt "$2" ]; then
    echo "$1 takes $takes MB, and may take $2. The largest of it:" >&2
    find "$1" -mindepth 1 -maxdepth 4 -type d -exec du -s --block-size=1000000 {} + | sort -rn | head -n 20 >&2
    echo "Take what is not used out (deploy/image/unused.txt), or raise the budget in the Dockerfile." >&2
    exit 1
fi
echo "$1 takes $takes MB of the $2 it may."
