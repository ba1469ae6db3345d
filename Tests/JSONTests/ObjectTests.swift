import JSON
import Testing

@Suite struct ObjectTests {
  @Test func settingKeepsThePlaceAndRemovingFreesIt() {
    var object: JSONObject = ["a": 1, "b": 2, "c": 3]
    object["a"] = 9
    object["b"] = nil
    object["b"] = 8
    #expect(object.keys == ["a", "c", "b"])
    #expect(object.count == 3)
    object["nosuch"] = nil
    #expect(object.count == 3)
  }

  @Test func equalityLooksAtMembersAlone() {
    #expect(["a": 1, "b": 2] as JSONObject == ["b": 2, "a": 1])
    #expect(["a": 1] as JSONObject != ["a": 2])
    #expect(["a": 1, "b": 2] as JSONObject != ["a": 1, "c": 2])
  }

  @Test func keysAreTheSameByteForByte() {
    let object: JSONObject = ["caf\u{e9}": 1, "cafe\u{301}": 2]
    #expect(object.count == 2)
    #expect(object["caf\u{e9}"] == 1)
    #expect(JSONValue.string("caf\u{e9}") != .string("cafe\u{301}"))
  }

  @Test func manyMembersAreFoundAndRemoved() {
    var object = JSONObject()
    for number in 0..<50_000 { object["key \(number)"] = .int(number) }
    #expect(object.keys.count == 50_000)
    #expect((0..<50_000).allSatisfy { object["key \($0)"] == .int($0) })
    #expect(object["key 50000"] == nil)
    object["key 7"] = nil
    #expect(object["key 7"] == nil)
    #expect(object["key 49999"] == 49_999)
    object["key 7"] = "again"
    #expect(object.keys.last == "key 7")
    #expect(object["key 8"] == 8)
  }

  @Test func mergingTakesTheOthersValues() {
    var object: JSONObject = ["a": 1, "b": 2]
    object.merge(["b": 3, "c": 4])
    #expect(object == ["a": 1, "b": 3, "c": 4])
  }

  @Test func accessorsAnswerForTheirKindAlone() {
    let value: JSONValue = ["n": 5, "t": "x", "b": true, "l": [1], "d": 1.5, "z": .null]
    #expect(value["n"]?.int == 5)
    #expect(value["n"]?.double == 5)
    #expect(value["n"]?.string == nil)
    #expect(value["b"]?.bool == true)
    #expect(value["b"]?.int == nil)
    #expect(value["l"]?.array == [1])
    #expect(value["z"]?.isNull == true)
    #expect(value["nosuch"] == nil)
    #expect(value["n"]?["deeper"] == nil)
  }
}
