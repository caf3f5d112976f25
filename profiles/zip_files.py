"""Zip files that strangers made: opened and unpacked with care, whatever size they claim to have."""

import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from errors import DocumentError

_CHUNK = 65_536
# What zipfile raises for a damaged file, a password, or a way of packing that it does not know.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, EOFError, OSError,
    RuntimeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True)
class ZipKind:
    """A kind of zip file, in the words of its refusals.

    `what` names it ("Word file"), `than` what a file that unpacks to far more is no longer ("a résumé").
    """

    what: str
    than: str
    advice: str

    def opened(self, data: bytes) -> zipfile.ZipFile:
        """The archive of these bytes.

        Raises:
            DocumentError: when it is damaged.
        """
        try:
            return zipfile.ZipFile(BytesIO(data))
        except DAMAGE:
            raise DocumentError(f"This {self.what} is damaged.", self.advice) from None

    def unpacked(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
        """An entry's bytes, counted as they come out.

        Raises:
            DocumentError: when it is damaged, or more than `most` bytes.
        """
        chunks, size = [], 0
        try:
            with archive.open(entry) as stream:
                while size <= most and (chunk := stream.read(_CHUNK)):
                    size += len(chunk)
                    chunks.append(chunk)
        except DAMAGE:
            raise DocumentError(f"This {self.what} is damaged.", self.advice) from None
        if size > most:
            raise DocumentError(f"This {self.what} unpacks to far more than {self.than}.", self.advice)
        return b"".join(chunks)
