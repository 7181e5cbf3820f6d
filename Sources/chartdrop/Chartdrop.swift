@main
enum Chartdrop { static func main() {} }
