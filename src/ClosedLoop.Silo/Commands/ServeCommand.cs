using System.CommandLine;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>serve</c>: the service.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var set = SharedOptions.Set();
        var command = new Command("serve", "Runs the service until it is asked to stop.") { data, set };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (settings, configuration) = SharedOptions.Read(parsed.GetValue(data), parsed.GetValue(set));
            await using var app = await SiloStart.RunAsync(settings, cancellation, configuration: configuration);
            await Console.Error.WriteLineAsync($"closedloop serves {settings.Http.Listen}, mode {settings.Delivery.Mode}, data {settings.DataPath}");
            await Console.Error.WriteLineAsync($"dashboard, once: {app.CreateSignInLink()}");
            await app.WaitForShutdownAsync(cancellation);
            return ExitCode.Ok;
        });
        return command;
    }
}
