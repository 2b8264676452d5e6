using ClosedLoop.Benchmarks.Channels;
using ClosedLoop.Benchmarks.Dkim;
using ClosedLoop.Benchmarks.Export;
using ClosedLoop.Benchmarks.Import;
using ClosedLoop.Benchmarks.Liquid;
using ClosedLoop.Benchmarks.Lookup;
using ClosedLoop.Benchmarks.Optimove;
using ClosedLoop.Benchmarks.Orders;
using ClosedLoop.Benchmarks.Pipeline;
using ClosedLoop.Benchmarks.Responses;
using ClosedLoop.Benchmarks.Scale;
using ClosedLoop.Benchmarks.Silos;
using ClosedLoop.Benchmarks.Smtp;
using ClosedLoop.Benchmarks.Telemetry;

return args switch
{
    ["pipeline", .. var rest] => await PipelineCommand.RunAsync(rest),
    ["import", .. var rest] => await ImportCommand.RunAsync(rest),
    ["orders", .. var rest] => await OrdersBenchmark.RunAsync(rest),
    ["liquid", .. var rest] => LiquidCommand.Run(rest),
    ["dkim", .. var rest] => DkimCommand.Run(rest),
    ["silos", .. var rest] => await SilosCommand.RunAsync(rest),
    ["smtp", .. var rest] => await SmtpCommand.RunAsync(rest),
    ["channels", .. var rest] => await ChannelsCommand.RunAsync(rest),
    ["lookup", .. var rest] => await LookupCommand.RunAsync(rest),
    ["scale", .. var rest] => await ScaleCommand.RunAsync(rest),
    ["telemetry"] => await TelemetryCommand.RunAsync(),
    ["responses", .. var rest] => await ResponsesCommand.RunAsync(rest),
    ["export", .. var rest] => await ExportBenchmark.RunAsync(rest),
    ["optimove", .. var rest] => await OptimoveCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: pipeline --recipients N [--smtp HOST:PORT] [--bytes 20000] [--group N] [--batches N] [--dkim [rsa|ed25519|both]] [--data DIR] [--json]
               import [--rows 1000000] [--rounds 3] [--json]
               orders [--rows 1000000] [--rounds 3] [--json]
               liquid [--template FILE --data FILE.json] [--seconds 3] [--rounds 15] [--peer COMMAND]... [--peer-rounds 3] [--json]
               dkim [--bytes 20000] [--json]
               export [--rows N] [--links N] [--rounds 3] [--late PERCENT] [--shuffled] [--data DIR] [--json]
               channels [--messages 8000] [--window 64] [--rounds 3] [--providers twilio,smpp,fcm,apns] [--json]
               lookup [--rows 1000000] [--database sqlite|postgres]
               optimove [--triggers 50] [--calls 500] [--seconds 20] [--json]
               responses [--events 50000] [--rounds 3] [--database sqlite|postgres]
               scale [measure] [--silos 1,2,5] [--cores 2] [--window 64] [--group 8] [--reply-ms 20] [--dkim] [--databases 1] [--transaction-us N] [--write-us N] [--row-us N] [--flush-us N] [--data DIR] [--json]
               silos [--silos 1,2,3] [--recipients 12000] [--reply-ms 50] [--json]
               smtp [--smtp HOST:PORT] [--sessions S] [--messages N] [--bytes 20000] [--rounds 3] [--json]
               telemetry
        """);
    return 2;
}
