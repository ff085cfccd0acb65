"""Names that functions take and give."""

from typing import Literal

#: A padding of RSA.
Algorithm = Literal["RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-256-MGF1-SHA1", "RSA1_5"]
#: What a file of a drop is, by its path.
Role = Literal["data", "metadata", "key-details", "litter"]
#: A checksum that was checked; None when the content has none.
Verified = Literal["crc32", "adler32"] | None
