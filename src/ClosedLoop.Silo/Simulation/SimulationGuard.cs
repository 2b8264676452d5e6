using System.Net;
using ClosedLoop.Data.Clients;
using ClosedLoop.Delivery;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Simulation;

/// <summary>Refuses whatever could carry a rehearsal out of this machine. The service itself is asked in which mode it runs: settings of this command may be others.</summary>
internal static class SimulationGuard
{
    /// <exception cref="CommandException">CL9662; exit code 8.</exception>
    public static async Task CheckModeAsync(SiloSettings settings, CancellationToken cancellation)
    {
        if (settings.Delivery.Mode != DeliveryMode.Sink) throw new CommandException(ExitCode.Refused, "CL9662: ClosedLoop:Delivery:Mode is Live; a simulation runs in mode Sink only, and nothing was sent.");
        var told = await OperatorClient.TryGetAsync<Overview>(settings, "/overview", cancellation)
            ?? throw new CommandException(ExitCode.Temporary, "CL9662: the service does not say in which mode it runs; nothing was sent. Is it starting or stopping?");
        if (told.Mode != "SINK") throw new CommandException(ExitCode.Refused, $"CL9662: the service runs in mode {told.Mode}; a simulation runs in mode Sink only, and nothing was sent. Use --temporary for a service of its own.");
    }

    /// <summary>The source mailing of a client that a rehearsal may use.</summary>
    /// <exception cref="CommandException">CL9664 when the client's files go elsewhere, CL9665 when there is no such mailing.</exception>
    public static SourceMailing SourceOf(DefinitionStore definitions, ClientDefinition client, long? wanted)
    {
        if (client.Sftp.Host is { } host)
            throw new CommandException(ExitCode.Refused, $"CL9664: client {client.Key} exchanges files with {host}: invented people would be handed to others. Use a client with folders on this machine.");
        if (!client.Export.Enabled) throw new CommandException(ExitCode.Refused, $"CL9664: client {client.Key} gets no response files (export.enabled): there would be nothing to compare with.");
        var usable = definitions.Sources().Select(found => found.Value)
            .Where(source => (wanted is null || source.Id == wanted) && SourceVerdict.Of(source, client).Code is null && source is { Channel: MessageChannel.Mail, Start: StartRule.AfterImport }).ToList();
        return usable is [var first, ..]
            ? first
            : throw new CommandException(ExitCode.NotFound, wanted is { } id
                ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"CL9665: source mailing {id} is none of client {client.Key} that sends mail when its file is in.")
                : $"CL9665: client {client.Key} has no source mailing that sends mail when its file is in.");
    }

    /// <exception cref="CommandException">CL9663; exit code 8.</exception>
    public static void CheckSink(SiloSettings settings)
    {
        var sink = settings.Sink;
        if (!sink.Embedded || !IPAddress.TryParse(sink.Host, out var host) || !IPAddress.IsLoopback(host))
            throw new CommandException(ExitCode.Refused, "CL9663: the sink is not the service's own on a loopback address (Sink:Embedded, Sink:Host); a simulation sends nowhere else.");
        if (!sink.KeepMessages) throw new CommandException(ExitCode.Refused, "CL9663: the sink keeps no messages (Sink:KeepMessages), so that the audience would have nothing to read.");
        if (!File.Exists(SinkService.LedgerPath(settings)) && !Directory.Exists(settings.SinkPath))
            throw new CommandException(ExitCode.Refused, $"CL9663: the service's sink does not write to {settings.SinkPath}; start this command with the settings of the service.");
    }

    private sealed record Overview(string Mode);
}
