/// Something in a service that HAProxy or the role ignores, or that does not do what it says.
public struct Finding: Sendable {
  /// The key of the service.
  public let key: String
  /// What is wrong and what to write instead.
  public let message: String
}

extension Service {
  /// What is wrong with the service although it can be written.
  /// - Parameter isInternal: whether it must not be reachable at the external VIP.
  public func findings(isInternal: Bool) -> [Finding] {
    deadKeys + keysWithoutEffect + ignoredOptions + overriddenChecks + newSections
      + (isInternal ? externalBinds : [])
  }
}
