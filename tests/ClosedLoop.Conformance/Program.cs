using ClosedLoop.Conformance;

return args switch
{
    ["liquid", var file] => LiquidCases.Run(file, Console.Out),
    ["user-agents", var file] => UserAgentCases.Run(file, Console.Out),
    ["bounces", var folder] => BounceCases.Run(folder, Console.Out),
    ["verdicts"] => VerdictCases.Run(Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: liquid FILE.json | user-agents FILE.jsonl | bounces FOLDER | verdicts");
    return 2;
}
