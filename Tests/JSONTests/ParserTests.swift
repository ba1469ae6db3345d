import JSON
import Testing

@Suite struct ParserTests {
  @Test func everyKindOfValue() throws {
    let text = #"{"a": null, "b": [true, false], "c": -5, "d": 2.5e3, "e": "x", "f": {}, "g": []}"#
    #expect(
      try JSONValue(parsing: text) == [
        "a": .null, "b": [true, false], "c": -5, "d": 2500.0, "e": "x", "f": [:], "g": [],
      ])
  }

  @Test func membersKeepTheirOrderAndTheLastOfEqualKeysCounts() throws {
    let object = try JSONValue(parsing: #"{"z": 1, "a": 2, "m": 3, "z": 4}"#).object
    #expect(object?.keys == ["z", "a", "m"])
    #expect(object?["z"] == 4)
  }

  @Test(arguments: [
    (#""\u00e9\ud83d\ude00""#, "é😀"),
    (#""a\ud800b""#, "a\u{FFFD}b"),
    (#""\udc80\udc80""#, "\u{FFFD}\u{FFFD}"),
    (#""\ud800\ud83d\ude00""#, "\u{FFFD}😀"),
    (#""\\ud800""#, "\\ud800"),
    (#""\ud83d\\ude00""#, "\u{FFFD}\\ude00"),
    (#""nul\u0000inside""#, "nul\0inside"),
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
  ])
  func strings(text: String, value: String) throws {
    let string = try #require(try JSONValue(parsing: text).string)
    #expect(Array(string.utf8) == Array(value.utf8))
  }

  @Test(arguments: [
    ("", "unexpected end of the text"), ("{", "unexpected end of the text"),
    ("[1, 2", "unexpected end of the text"), ("\"abc", "unexpected end of the text"),
    ("{} x", "more text after the end of the value"), ("nonsense", "syntax error"),
    ("{'a': 1}", "syntax error"), ("[1,]", "syntax error"), ("NaN", "syntax error"),
    ("-", "syntax error"), ("01", "syntax error"),
    ("9223372036854775808", "number out of range"), ("1e999", "number out of range"),
    ("{\"a\\u0000b\": 1}", "NUL in the text"),
    (String(repeating: "[", count: 100_000), "nested too deeply"),
  ])
  func whatIsNotJSONIsRefused(text: String, reason: String) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error?.reason == reason)
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    #expect(error?.reason == "not UTF-8")
  }

  @Test func theMessageSaysWhereAndHoldsNoneOfTheText() {
    let error = #expect(throws: JSONError.self) {
      try JSONValue(parsing: "{\"a\": 1,\n \"b\": hunter2}")
    }
    #expect(error?.message == "syntax error (line 2, column 12)")
  }

  @Test func nestingAsDeepAsAnyoneNeeds() throws {
    let text = String(repeating: "[", count: 1500) + String(repeating: "]", count: 1500)
    #expect(try JSONValue(parsing: text).jsonText == text)
  }
}
