using System.Net;
using ClosedLoop.Delivery;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Checks settings before anything is opened.</summary>
public static class SettingsValidator
{
    /// <summary>Every fault, each with key, value found and value expected; empty when all is well.</summary>
    public static IReadOnlyList<string> Validate(SiloSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(settings.Data)) faults.Add("ClosedLoop:Data is empty; expected a folder.");
        Address(faults, "ClosedLoop:Http:Listen", settings.Http.Listen, pathAllowed: false);
        Address(faults, "ClosedLoop:Operator:Listen", settings.Operator.Listen, pathAllowed: false);
        faults.AddRange(OperatorCheck.Faults(settings));
        if (settings.Tracking.BaseUrl is { } url) Address(faults, "ClosedLoop:Tracking:BaseUrl", url, pathAllowed: true);
        if (settings.Tracking.MppRangesFile is { } ranges && !File.Exists(ranges)) faults.Add($"ClosedLoop:Tracking:MppRangesFile is '{ranges}', which does not exist.");
        Between(faults, "ClosedLoop:Sink:Port", settings.Sink.Port, 1, 65535);
        Between(faults, "ClosedLoop:Sink:RetentionDays", settings.Sink.RetentionDays, 1, 3650);
        if (string.IsNullOrWhiteSpace(settings.Sink.Host)) faults.Add("ClosedLoop:Sink:Host is empty; expected a host name or address.");
        Between(faults, "ClosedLoop:Log:FileMegabytes", settings.Log.FileMegabytes, 1, 1024);
        Between(faults, "ClosedLoop:Log:FilesKept", settings.Log.FilesKept, 0, 1000);
        Between(faults, "ClosedLoop:Delivery:InDoubtWindow", settings.Delivery.InDoubtWindow, 1, 4096);
        Between(faults, "ClosedLoop:Delivery:GroupSize", settings.Delivery.GroupSize, 1, settings.Delivery.InDoubtWindow);
        Between(faults, "ClosedLoop:Delivery:ConcurrentBatches", settings.Delivery.ConcurrentBatches, 1, 256);
        Between(faults, "ClosedLoop:Delivery:TwoPeopleAbove", settings.Delivery.TwoPeopleAbove, 0, 1_000_000_000);
        if (settings.ClientScanSeconds is not (>= 0.1 and <= 3600)) faults.Add($"ClosedLoop:ClientScanSeconds is {settings.ClientScanSeconds}; expected 0.1 to 3600.");
        if (settings.Sink.Embedded && !IPAddress.TryParse(settings.Sink.Host, out _)) faults.Add($"ClosedLoop:Sink:Host is '{settings.Sink.Host}'; the built-in sink listens on an IP address such as 127.0.0.1.");
        foreach (var proxy in settings.Http.TrustedProxyList().Where(proxy => !IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _)))
            faults.Add($"ClosedLoop:Http:TrustedProxies has '{proxy}'; expected an IP address or a CIDR block such as 10.0.0.0/8.");
        faults.AddRange(DatabaseCheck.Faults(settings.Database));
        faults.AddRange(ClusterCheck.Faults(settings));
        faults.AddRange(InboundCheck.Faults(settings.Inbound));
        faults.AddRange(WatchCheck.Faults(settings));
        faults.AddRange(OptimoveCheck.Faults(settings.Optimove));
        faults.AddRange(ContentFetchCheck.Faults(settings.ContentFetch));
        for (var i = 0; i < settings.Delivery.Dkim.Count; i++)
        {
            if (DkimKeyFiles.Fault(settings.Delivery.Dkim[i]) is { } fault) faults.Add($"ClosedLoop:Delivery:Dkim:{i} {fault}");
        }

        if (settings.Delivery.Mode == DeliveryMode.Live) Live(faults, settings);
        return faults;
    }

    /// <summary>Mail that reaches people must let them unsubscribe: that needs a public https address (RFC 8058 section 3.1).</summary>
    private static void Live(List<string> faults, SiloSettings settings)
    {
        if (settings.Tracking.BaseUrl is not { } url)
            faults.Add("ClosedLoop:Tracking:BaseUrl is not set; in mode Live readers need a public https address for links and unsubscribing.");
        else if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme != "https" || uri.IsLoopback))
            faults.Add($"ClosedLoop:Tracking:BaseUrl is '{url}'; in mode Live expected a public https address.");
        if (settings.Delivery.ClientName is "localhost" or "")
            faults.Add("ClosedLoop:Delivery:ClientName is not set; in mode Live relays expect this host's public name in EHLO.");
    }

    private static void Between(List<string> faults, string key, int value, int least, int most)
    {
        if (value < least || value > most) faults.Add($"{key} is {value}; expected {least} to {most}.");
    }

    private static void Address(List<string> faults, string key, string value, bool pathAllowed)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            faults.Add($"{key} is '{value}'; expected an http or https address such as http://127.0.0.1:8080.");
        else if (!pathAllowed && uri.AbsolutePath != "/")
            faults.Add($"{key} is '{value}'; expected scheme, host and port only.");
    }
}
