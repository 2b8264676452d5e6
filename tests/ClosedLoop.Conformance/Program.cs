using ClosedLoop.Conformance;

switch (args)
{
    case ["liquid", var file]:
        return LiquidCases.Run(file, Console.Out);
    default:
        Console.Error.WriteLine("usage: liquid FILE.json");
        return 2;
}
