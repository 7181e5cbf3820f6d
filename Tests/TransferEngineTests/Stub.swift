import Testing
@Test func stubTransferEngine() {}
