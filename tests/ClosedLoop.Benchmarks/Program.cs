using ClosedLoop.Benchmarks.Pipeline;

return args switch
{
    ["pipeline", .. var rest] => await PipelineCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: pipeline --recipients N [--smtp HOST:PORT] [--bytes 20000] [--group N] [--batches N] [--data DIR] [--json]");
    return 2;
}
