"""Serve the model of a folder: `python -m chains.local FOLDER [--port 8081] [--host 127.0.0.1]`."""

import argparse
import logging
import os
import sys
from pathlib import Path

from errors import ModelError


def main() -> int:
    parser = argparse.ArgumentParser(prog="chains.local", description=__doc__)
    parser.add_argument("folder", type=Path, help="config.json, model.safetensors and a tokenizer")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen; only this computer by default")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--seconds", type=float, default=60.0, help="the longest time for one text")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    from chains.local.factory import load

    try:
        writer = load(options.folder)
    except ModelError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    import uvicorn

    from chains.local.service import Service

    service = Service(writer, options.seconds, os.environ.get("MODEL_SERVER_KEY", ""))
    uvicorn.run(service.app(), host=options.host, port=options.port, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
