/// Where texts stand in a list that its owner keeps: a hash table of places, which is empty, and
/// costs nothing, as long as the list is so short that looking through it is as fast.
package struct TextIndex: Sendable {
  /// Place plus 1, or 0 for a free slot; a power of two of them, at most half of them taken.
  private var slots: [Int32] = []

  package init() {}

  /// The place of a text among `texts`, all of which are indexed.
  @inline(never)
  package func place(of text: String, in texts: [String]) -> Int? {
    if slots.isEmpty {
      for place in texts.indices where texts[place] == text { return place }
      return nil
    }
    var slot = start(of: text)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if texts[place] == text { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Takes note of the last of `texts`, which was not among them before.
  @inline(never)
  package mutating func noteLast(of texts: [String]) {
    if texts.count <= 16 { return }
    if texts.count * 2 > slots.count { return rebuild(texts) }
    insert(texts.count - 1, texts)
  }

  /// Takes note of a list that has changed otherwise.
  @inline(never)
  package mutating func rebuild(_ texts: [String]) {
    slots = []
    if texts.count <= 16 { return }
    var count = 64
    while count < texts.count * 4 { count *= 2 }
    slots = [Int32](repeating: 0, count: count)
    for place in texts.indices { insert(place, texts) }
  }

  private mutating func insert(_ place: Int, _ texts: [String]) {
    var slot = start(of: texts[place])
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(truncatingIfNeeded: place + 1)
  }

  /// FNV-1a, its high bits folded in.
  private func start(of text: String) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
  }
}

/// A set of texts.
package struct TextSet: Sendable {
  /// In the order in which they were added.
  package private(set) var texts: [String] = []
  private var index = TextIndex()

  package init() {}

  package var isEmpty: Bool { texts.isEmpty }

  package func contains(_ text: String) -> Bool { place(of: text) != nil }

  /// How many other texts were added before this one; nil for a text that was not.
  package func place(of text: String) -> Int? { index.place(of: text, in: texts) }

  @inline(never)
  package mutating func insert(_ text: String) {
    if contains(text) { return }
    texts.append(text)
    index.noteLast(of: texts)
  }
}
