import Testing

@testable import OpenStack

/// Who stays of several that were made at the same time, by what is listed look by look.
@Suite struct RaceTests {
  @Test(
    arguments: [
      ([["own"]], nil, 2),
      ([["other", "own"]], "other", 1),
      ([["own", "other"]], nil, 2),
      // Another node of the database, or a transaction that ended later.
      ([["own"], ["other", "own"]], "other", 2),
      // A list without the own one says nothing of who was first.
      ([["other"], ["own", "other"]], nil, 3),
      ([["other"], ["other", "own"]], "other", 2),
      ([[], ["own"]], nil, 3),
      ([["other"]], nil, 8),
    ] as [([[String]], String?, Int)])
  func theElder(lists: [[String]], stays: String?, looks: Int) throws {
    var count = 0
    let found = try elder(than: "own", pause: 1) { () throws(OpenStackError) in
      count += 1
      return lists[min(count, lists.count) - 1]
    }
    #expect(found == stays)
    #expect(count == looks)
  }
}
