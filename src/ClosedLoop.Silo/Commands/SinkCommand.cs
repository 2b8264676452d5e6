using System.CommandLine;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>sink</c>: the mail sink as a process of its own, with its own durable ledger.</summary>
internal static class SinkCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var set = SharedOptions.Set();
        var command = new Command("sink", "Runs the mail sink alone: takes mail, delivers nothing, keeps a durable ledger.") { data, set };
        var behaviour = new SinkBehaviour();
        behaviour.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data), parsed.GetValue(set));
            await using var sink = SinkService.Start(settings, behaviour.Of(parsed));
            await Console.Error.WriteLineAsync($"closedloop sink listens on {sink.EndPoint}, ledger {SinkService.LedgerPath(settings)}");
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            catch (OperationCanceledException)
            {
                // Asked to stop: the sink is closed, which writes what is queued.
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
