import Testing
@Test func stubRedoxSandbox() {}
