using System.Globalization;
using System.Text;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Optimove;

namespace ClosedLoop.Silo.Operations;

/// <summary>Connections to Optimove, one a client, named as it.</summary>
internal sealed class OptimoveConnectors(
    ConnectorReports reports, AttributeStore attributes, ConnectorTraffic traffic, DefinitionStore definitions, IGrainFactory grains, TimeProvider time) : IConnectors
{
    private const int Shown = 50;
    private const long Hour = 3_600_000_000;

    /// <summary>Longest part of a call that is shown, in octets.</summary>
    private const int MostRaw = 4_096;

    public IReadOnlyList<ConnectorLine> All() => [.. reports.All().Select(Line)];

    public ConnectorDetail? Find(string name)
    {
        if (definitions.FindClient(name) is not { } client || reports.Of(client.Value.Id) is not { } report) return null;
        var (id, newest) = (client.Value.Id, report.Listeners.Count == 0 ? 0 : report.Listeners.Max(listener => listener.LastSeenAt));
        return new ConnectorDetail(
            Line(report),
            [
                ("Address", report.BaseUrl), ("Calls come to", report.ListenerUrl), ("State since", report.Since.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                ("Version", string.Create(CultureInfo.InvariantCulture, $"{report.Version}, registered {report.RegisteredVersion}")), ("People known", report.Profiles.ToString(CultureInfo.InvariantCulture)),
                ("May not call", report.NotAllowed.Count == 0 ? "–" : string.Join(", ", report.NotAllowed)),
            ],
            [.. report.Listeners.Select(listener => new ConnectorListener(
                Kind(listener.EventType), listener.ChannelId == 0 ? "all" : listener.ChannelId.ToString(CultureInfo.InvariantCulture), listener.Address, listener.State, listener.Reason,
                listener.LastSeenAt == 0 ? null : listener.LastSeenAt, listener.State == "registered" && listener.LastSeenAt < newest))],
            [.. traffic.Calls(id, Shown).Select(Event)],
            [.. attributes.Letters(id, Shown).Select(letter => new ConnectorLetter(letter.LetterId, letter.At, letter.Field, letter.Error))],
            report.DeadLetters, report.Results.GetValueOrDefault("InDoubt"), Day(id));
    }

    public Task<OperatorAnswer> RegisterAsync(string name) => Grain(name).RegisterAsync();

    public Task<OperatorAnswer> CleanUpAsync(string name, bool dryRun) => Grain(name).CleanUpAsync(dryRun);

    public Task<OperatorAnswer> ReplayAsync(string name, string what) => Grain(name).ReplayAsync(what);

    public async Task<OperatorAnswer> DropAsync(string name)
    {
        var dropped = await attributes.DropAsync(definitions.FindClient(name)!.Value.Id);
        return dropped == 0 ? new OperatorAnswer(Done: false, "nothing had been refused") : new OperatorAnswer(Done: true, string.Create(CultureInfo.InvariantCulture, $"{dropped} refused attributes are given up"));
    }

    private IOptimoveConnectorGrain Grain(string name) => grains.GetGrain<IOptimoveConnectorGrain>(name);

    /// <summary>Every hour of the last day, also those in which nothing happened.</summary>
    private List<TrafficHour> Day(long clientId)
    {
        var first = (time.NowMicroseconds() / Hour) - 23;
        var known = traffic.Hours(clientId, first * Hour).ToDictionary(hour => hour.At);
        return [.. Enumerable.Range(0, 24).Select(i => (first + i) * Hour).Select(at => known.GetValueOrDefault(at) is { } hour
            ? new TrafficHour(at, hour.In, hour.Unused, hour.Out, hour.Refused)
            : new TrafficHour(at, 0, 0, 0, 0))];
    }

    private static ConnectorEvent Event(ConnectorCall call) => new(
        call.EventId, call.ReceivedAt, Kind(call.Type), string.Create(CultureInfo.InvariantCulture, $"campaign {call.Campaign}, channel {call.ChannelId}"),
        call.State switch { 0 => "waits", 1 => "worked on", 2 => "of no use: " + call.Reason, _ => "not taken: " + call.Reason }, call.State < 2,
        Encoding.UTF8.GetString(call.Raw.AsSpan(0, Math.Min(call.Raw.Length, MostRaw))));

    private static string Kind(int type) => type switch
    {
        4 => "4 cancelled",
        11 => "11 triggered",
        13 => "13 executed",
        _ => type.ToString(CultureInfo.InvariantCulture),
    };

    private static ConnectorLine Line(ConnectorReport report) => new(
        report.Client, "Optimove", Words(report.State), report.State == nameof(ConnectorState.Active) && report.NotAllowed.Count == 0,
        string.Create(CultureInfo.InvariantCulture, $"version {report.Version}, {report.AttributesWaiting} attributes wait, {report.DeadLetters} given up") + (report.Reason is null ? "" : ": " + report.Reason),
        CanRegister: true);

    /// <summary>As people read a state: <c>active degraded</c>.</summary>
    private static string Words(string state) => string.Concat(state.Select((letter, i) => char.IsUpper(letter) && i > 0 ? " " + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
