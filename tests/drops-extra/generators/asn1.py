"""Just enough ASN.1 to write PFX files by hand, in DER and in BER."""


def length(n):
    if n < 0x80:
        return bytes([n])
    digits = n.to_bytes((n.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(digits)]) + digits


def tlv(tag, *content):
    content = b"".join(content)
    return bytes([tag]) + length(len(content)) + content


def seq(*content):
    return tlv(0x30, *content)


def integer(n):
    return tlv(2, n.to_bytes(n.bit_length() // 8 + 1, "big"))


def octets(content):
    return tlv(4, content)


def null():
    return tlv(5)


def oid(text):
    first, second, *rest = map(int, text.split("."))
    out = bytes([40 * first + second])
    for n in rest:
        groups = [n & 0x7F]
        while n := n >> 7:
            groups.append(0x80 | n & 0x7F)
        out += bytes(reversed(groups))
    return tlv(6, out)


def explicit(number, *content):
    return tlv(0xA0 | number, *content)


def elements(data):
    """(tag, content) of each element of DER data."""
    at = 0
    while at < len(data):
        tag, n = data[at], data[at + 1]
        at += 2
        if n >= 0x80:
            n, at = int.from_bytes(data[at:at + (n & 0x7F)], "big"), at + (n & 0x7F)
        yield tag, data[at:at + n]
        at += n


def to_ber(der, piece=100):
    """The same in BER: every length indefinite that can be, every octet string in pieces, primitive lengths too long."""
    out = b""
    for tag, content in elements(der):
        if tag & 0x20:
            out += bytes([tag, 0x80]) + to_ber(content, piece) + b"\0\0"
        elif tag in (0x04, 0x80) and len(content) > piece:
            pieces = b"".join(octets(content[at:at + piece]) for at in range(0, len(content), piece))
            out += bytes([tag | 0x20, 0x80]) + pieces + b"\0\0"
        else:
            out += bytes([tag, 0x83]) + len(content).to_bytes(3, "big") + content
    return out
