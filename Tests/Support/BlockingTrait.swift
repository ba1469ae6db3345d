import Foundation
import Synchronization
public import Testing

/// Runs tests on threads that may be blocked: they wait for servers and programs.
///
/// Swift's own pool has as many threads as the machine has processors, and a few tests that wait would
/// stop all others. A trait of suites that goes down to their tests has to be one of tests, too.
public struct BlockingTrait: SuiteTrait, TestTrait, TestScoping {
  public let isRecursive = true

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(BlockableThreads.all) { try await function() }
  }
}

extension Trait where Self == BlockingTrait {
  /// For tests that block their thread for more than a moment.
  public static var blocking: Self { BlockingTrait() }
}

/// Two for every processor.
private final class BlockableThreads: TaskExecutor {
  static let all = BlockableThreads()

  private let jobs = Mutex<[UnownedJob]>([])
  private let jobCount = DispatchSemaphore(value: 0)

  init() {
    for _ in 0..<(2 * ProcessInfo.processInfo.activeProcessorCount) {
      Thread { [self] in
        while true {
          jobCount.wait()
          let job = jobs.withLock { $0.removeFirst() }
          job.runSynchronously(on: asUnownedTaskExecutor())
        }
      }.start()
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    jobCount.signal()
  }
}
