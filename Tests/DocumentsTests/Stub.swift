import Testing
@Test func stubDocuments() {}
