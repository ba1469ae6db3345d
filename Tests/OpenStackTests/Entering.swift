import Foundation
import JSON
import TestSupport

@testable import OpenStack

/// Ways for tests to enter the lab's cloud.
extension OpenStackLab {
  /// The account admin, of project admin, with what a test has of its own.
  func settings(auth: JSONObject = [:], _ more: JSONObject = [:]) -> JSONObject {
    var all: JSONObject = [
      "auth_url": .string(keystone), "username": "admin", "password": .string(password),
      "project_name": "admin", "user_domain_name": "Default", "project_domain_name": "Default",
    ]
    all.merge(auth)
    var settings: JSONObject = [
      "auth": .object(all), "region_name": "RegionOne", "interface": "internal",
    ]
    settings.merge(more)
    return settings
  }

  /// A session from these settings alone, which waits no longer than a test can.
  func session(
    auth: JSONObject = [:], _ more: JSONObject = [:], limits: Limits = .short
  ) throws(OpenStackError) -> Session {
    try Session(
      try Cloud(CloudRequest(settings: settings(auth: auth, more)), in: .empty), limits: limits)
  }
}

extension Limits {
  /// Real pauses, but short ones.
  static var short: Limits {
    var limits = Limits()
    limits.connecting = 1000
    limits.answering = 1500
    limits.pause = 10
    limits.longestPause = 2000
    return limits
  }

  /// Magnum takes its time with a template: it asks four services about it.
  static var patient: Limits {
    var limits = Limits.short
    limits.answering = 30_000
    return limits
  }
}

extension Surroundings {
  /// Where nothing is configured.
  static var empty: Surroundings {
    var surroundings = Surroundings(variables: [], folder: "/nonexistent", home: "/nonexistent")
    surroundings.systemFolder = "/nonexistent"
    return surroundings
  }
}

/// What a call throws; nil if nothing.
func failure<Value>(_ body: () throws(OpenStackError) -> Value) -> OpenStackError? {
  do throws(OpenStackError) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}
