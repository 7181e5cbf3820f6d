import Testing
@Test func stubSafeText() {}
