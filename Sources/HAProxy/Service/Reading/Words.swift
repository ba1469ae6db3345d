internal import ByteText
internal import JSON

// What is wrong with a text, as the end of a sentence that begins with its place; nil if nothing.

/// A text as a message shows it: on one line, at most 80 bytes of it, in quotes.
func quoted(_ text: String) -> String {
  let cut = text.bytes.count > 80
  let shown = cut ? String(bytes: text.bytes.prefix(80)) : text
  return JSONValue.string(shown).jsonText + (cut ? " …" : "")
}

private func fault(_ text: String, _ remedy: String) -> String { " is \(quoted(text))\(remedy)" }

/// What HAProxy takes in the name of a proxy, server or ACL: letters and digits of ASCII, `-_.:`.
/// Source: HAProxy's configuration manual, "Proxies".
func isName(_ name: String) -> String? {
  let isGood =
    !name.isEmpty && name.bytes.allSatisfy { isLetterOrDigit($0) || $0.isOne(of: "-_.:") }
  return isGood
    ? nil : fault(name, ", which is no name; write letters, digits and - _ . : alone")
}

/// A name that becomes a part of a path.
func isFileName(_ name: String) -> String? {
  if let fault = isName(name) { return fault }
  return name == "." || name == ".." || name.bytes.count > 200
    ? fault(name, ", which cannot be the name of a file") : nil
}

/// A text that becomes a part of one line of the configuration.
func isLine(_ text: String) -> String? {
  text.bytes.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F })
    ? " has a line break or another control character; write one line of configuration, and more"
      + " lines as more entries" : nil
}

/// A text that becomes one word of a line: no white space, quotes, backslash or `#`.
func isWord(_ text: String) -> String? {
  let breaks = text.bytes.contains { $0 <= 0x20 || $0 == 0x7F || $0.isOne(of: "\"'\\#") }
  return text.isEmpty || breaks
    ? fault(text, "; write one word, without spaces, quotes, backslash and #") : nil
}

/// A time as HAProxy takes it: a number, milliseconds or with a unit of us, ms, s, m, h, d.
func isDuration(_ text: String) -> String? {
  let digits = text.bytes.prefix { isDigit($0) }.count
  let unit = String(bytes: text.bytes.dropFirst(digits))
  let isGood = 1...9 ~= digits && ["", "us", "ms", "s", "m", "h", "d"].contains(unit)
  return isGood
    ? nil
    : fault(
      text,
      ", which is no time; write a number of milliseconds, or one with a unit (us, ms, s, m, h, d)")
}

func isPort(_ text: String) -> String? { isPort(text, largest: 65535) }

/// A port as text, 1 to `largest`.
func isPort(_ text: String, largest: Int) -> String? {
  1...largest ~= decimal(text)
    ? nil : fault(text, ", which is no port; write a number from 1 to \(largest)")
}

/// A number of checks in a row.
func isCount(_ text: String) -> String? {
  1...1_000_000 ~= decimal(text) ? nil : fault(text, "; write a number from 1")
}

/// A name of a network interface as the kernel takes it: 15 bytes, no white space and no slash.
func isInterface(_ name: String) -> String? {
  if let fault = isWord(name) { return fault }
  return name.bytes.count > 15 || name.bytes.contains(UInt8(ascii: "/"))
    ? fault(name, ", which is no name of a network interface") : nil
}

/// An address to listen at: IPv4, IPv6, a host name or `*`.
func isListeningAddress(_ text: String) -> String? {
  text == "*" || isAddress(text.bytes)
    ? nil
    : fault(
      text, ", which is no address; write an IPv4 or IPv6 address, a host name or *")
}

/// An address to reach a server at: IPv4, IPv6 or a host name.
func isServerAddress(_ text: String) -> String? {
  isAddress(text.bytes)
    ? nil : fault(text, ", which is no address; write an IPv4 or IPv6 address or a host name")
}

/// A network: an address, alone or with `/` and the length of its prefix.
func isNetwork(_ text: String) -> String? {
  isNetwork(text.bytes)
    ? nil : fault(text, ", which is no network; write one as 10.0.0.0/8 or fd00::/8")
}

/// The value of at most nine decimal digits, without a zero before others; else -1.
func decimal(_ text: String) -> Int { decimal(text.bytes[...], most: 9) }

func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

func isLetterOrDigit(_ byte: UInt8) -> Bool {
  isDigit(byte) || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
}
