import Testing
@Test func stubViewModels() {}
