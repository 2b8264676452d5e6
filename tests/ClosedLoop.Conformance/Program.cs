using ClosedLoop.Conformance;

return args switch
{
    ["user-agents", var file] => UserAgentCases.Run(file, Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: user-agents FILE.jsonl");
    return 2;
}
