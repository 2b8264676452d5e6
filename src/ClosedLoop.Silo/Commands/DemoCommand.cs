using System.CommandLine;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Demo;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>demo</c>: the whole loop on one machine, with nothing set up before.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var recipients = new Option<int>("--recipients") { Description = "Rows of the file.", DefaultValueFactory = _ => 200 };
        var exit = new Option<bool>("--exit") { Description = "Ends when the books are compared: 0 when every number adds up, else 1." };
        var data = SharedOptions.Data();
        var set = SharedOptions.Set();
        var json = SharedOptions.Json();
        var command = new Command("demo", "Plays the whole loop with invented people and a built-in mail sink.") { recipients, exit, data, set, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var rows = parsed.GetValue(recipients);
            if (rows is < DemoRecipients.Fewest or > 10_000_000) throw new CommandException(ExitCode.Usage, $"CL2010: --recipients {rows}: expected {DemoRecipients.Fewest} to 10000000.");
            var (read, configuration) = SharedOptions.Read(parsed.GetValue(data), parsed.GetValue(set));
            var settings = DemoSettings.For(read, rows);
            var run = DemoSettings.NewRun();
            await ApplyCommand.ApplyAsync(settings, DemoContent.WriteTo(settings));
            await using var audience = new DemoAudience(rows, run, settings.Inbound.Maildir!);
            await using var app = await SiloStart.RunAsync(
                settings, cancellation, services => services.AddSingleton(new SinkAudience { Received = audience.ReceiveAsync }), LogLevel.Warning, configuration);
            var screen = new DemoScreen(TimeProvider.System);
            screen.Stage($"service on {settings.Http.Listen}, mail sink on {settings.Sink.Host}:{settings.Sink.Port}, data in {settings.DataPath}");

            var summary = await new DemoRun(settings, app, audience, screen, rows, run).PlayAsync(cancellation);
            foreach (var check in summary.Checks.Where(check => !check.Ok)) screen.Wrong($"{check.What}: expected {check.Expected}, found {check.Found}");
            if (parsed.GetValue(json)) Output.WriteJson(summary);
            screen.Box(summary.Ok ? "every number adds up" : "the numbers do NOT add up", DemoContent.WhereToLook(settings, parsed.GetValue(exit), app.CreateSignInLink()));
            if (!parsed.GetValue(exit)) await app.WaitForShutdownAsync(cancellation);
            await app.StopAsync(CancellationToken.None);
            return summary.Ok ? ExitCode.Ok : ExitCode.Other;
        });
        return command;
    }
}
