using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Responses.Export;

namespace ClosedLoop.Silo.Definitions;

/// <summary>What must hold for a client definition beyond its form.</summary>
internal static partial class ClientCheck
{
    public static IEnumerable<string> Faults(ClientDefinition client)
    {
        if (client.Id <= 0) yield return $"id is {client.Id}; expected a positive number.";
        if (!Key().IsMatch(client.Key)) yield return $"key is '{client.Key}'; expected 1 to 40 of a-z, 0-9 and '-'.";
        if (EmailAddress.TryNormalise(client.Sender.Address) is null) yield return $"sender.address is '{client.Sender.Address}'; expected an e-mail address.";
        if (client.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) yield return $"timeZone is '{zone}'; expected an IANA zone such as Europe/Berlin that this machine knows.";
        foreach (var fault in ListFaults(client.List)) yield return fault;
        if (!KnowsEncoding(client.Dialect.Encoding)) yield return $"dialect.encoding is '{client.Dialect.Encoding}'; expected a charset name such as utf-8 or iso-8859-1.";
        foreach (var fault in RelayFaults(client.Relay)) yield return fault;
        foreach (var fault in ChannelCheck.Faults(client)) yield return fault;
        if (client.Mail.Connections is < 1 or > 1000) yield return $"mail.connections is {client.Mail.Connections}; expected 1 to 1000.";
        if (client.Mail.RetryHours is < 0 or > 240) yield return $"mail.retryHours is {client.Mail.RetryHours}; expected 0 to 240.";
        if (client.Template.Unknown is not ("keep" or "fail")) yield return $"template.unknown is '{client.Template.Unknown}'; expected keep or fail.";
        foreach (var fault in ProductSettingsCheck.Faults(client)) yield return fault;
        foreach (var fault in client.Content.AllowedHosts.Select(HostList.Fault).OfType<string>()) yield return $"content.allowedHosts: {fault}.";
        foreach (var fault in ReferenceCheck.Faults(client)) yield return fault;
        if (client.Mail.PerSecond is { } rate && !IsRate(rate)) yield return $"mail.perSecond is {Number(rate)}; expected 0.01 to 100000.";
        foreach (var (domain, limits) in client.Mail.Domains)
        {
            if (domain != "*" && EmailAddress.TryNormalise("a@" + domain) is null) yield return $"mail.domains: '{domain}' is no domain; expected a name such as example.com, or *.";
            if (limits.PerSecond is { } perSecond && !IsRate(perSecond)) yield return $"mail.domains.{domain}.perSecond is {Number(perSecond)}; expected 0.01 to 100000.";
            if (limits.Connections is < 1 or > 1000) yield return $"mail.domains.{domain}.connections is {limits.Connections}; expected 1 to 1000.";
        }

        foreach (var fault in ImportFaults(client.Import, client.List.Fields.Count)) yield return fault;
        if (client.Bounce.HardLimit < 1 || client.Bounce.SoftLimit < 1) yield return $"bounce.hardLimit and bounce.softLimit are {client.Bounce.HardLimit} and {client.Bounce.SoftLimit}; expected at least 1.";
        foreach (var folder in FolderNames(client.Folders).Where(name => !FolderName().IsMatch(name))) yield return $"folders: '{folder}' is no folder name; expected letters, digits, '.', '_' and '-', and not a dot first.";
        foreach (var address in client.Notify.To.Concat(client.Notify.ProblemsTo).Where(address => EmailAddress.TryNormalise(address) is null)) yield return $"notify: '{address}' is no e-mail address.";
        if (client.Retention.Days is < 14 or > 30) yield return $"retention.days is {client.Retention.Days}; expected 14 to 30.";
        if (client.Retention.UnsubscribeDays < client.Retention.Days || client.Retention.UnsubscribeDays > 3650) yield return $"retention.unsubscribeDays is {client.Retention.UnsubscribeDays}; expected retention.days, {client.Retention.Days}, to 3650.";
        foreach (var (name, days) in new[] { ("orderDays", client.Retention.OrderDays), ("webPageDays", client.Retention.WebPageDays) })
        {
            if (days < client.Retention.Days || days > 3650) yield return $"retention.{name} is {days}; expected retention.days, {client.Retention.Days}, to 3650.";
        }

        if (client.Retention.ConnectorDays < client.Retention.Days || client.Retention.ConnectorDays > 3650) yield return $"retention.connectorDays is {client.Retention.ConnectorDays}; expected retention.days, {client.Retention.Days}, to 3650.";
        foreach (var fault in TestFolderCheck.Faults(client)) yield return fault;
        foreach (var fault in DropZones.Faults(client.Sftp)) yield return $"sftp: {fault}.";
        if (ExportCheck.Fault(client) is { } export) yield return export.Message;
        if (client.Export is { Enabled: true, NonAnonymisedAccepted: false })
            yield return "export.enabled is true without export.nonAnonymisedAccepted; the files hold personal data, which somebody must have agreed to.";
    }

    private static IEnumerable<string> RelayFaults(RelaySettings relay)
    {
        if (relay.Tls is not ("none" or "opportunistic" or "required" or "implicit")) yield return $"relay.tls is '{relay.Tls}'; expected none, opportunistic, required or implicit.";
        if (relay.Port is < 1 or > 65535) yield return $"relay.port is {relay.Port}; expected 1 to 65535.";
        if (relay.Dsn is not ("none" or "failure" or "never")) yield return $"relay.dsn is '{relay.Dsn}'; expected none, failure or never.";
        var secrets = (relay.PasswordSetting is null ? 0 : 1) + (relay.TokenFile is null ? 0 : 1);
        if (secrets != (relay.User is null ? 0 : 1)) yield return "relay.user, relay.passwordSetting and relay.tokenFile do not fit; expected a user and one of the other two, or none of the three.";
        if (relay is { User: not null, Tls: "none" }) yield return "relay.tls is none and relay.user is given; a password or token is sent over TLS only.";
        if (relay.TokenFile is { } token && !Path.IsPathFullyQualified(token)) yield return $"relay.tokenFile is '{token}'; expected an absolute path.";
        if (relay.CertificateFile is { } file && !Path.IsPathFullyQualified(file)) yield return $"relay.certificateFile is '{file}'; expected an absolute path.";
    }

    private static IEnumerable<string> ImportFaults(ImportSettings import, int columns)
    {
        if (import.PollSeconds is < 1 or > 86_400) yield return $"import.pollSeconds is {import.PollSeconds}; expected 1 to 86400.";
        if (import.StableSeconds is < 0 or > 86_400) yield return $"import.stableSeconds is {import.StableSeconds}; expected 0 to 86400.";
        if (import.StaleTempHours < 1) yield return $"import.staleTempHours is {import.StaleTempHours}; expected at least 1.";
        if (import.MaxBytes < 1) yield return $"import.maxBytes is {import.MaxBytes}; expected at least 1.";
        if (import.MaxFieldBytes < 1) yield return $"import.maxFieldBytes is {import.MaxFieldBytes}; expected at least 1.";
        if (import.MaxRecordBytes < import.MaxFieldBytes) yield return $"import.maxRecordBytes is {import.MaxRecordBytes}; expected at least import.maxFieldBytes, {import.MaxFieldBytes}.";
        if (import.MaxColumns < columns) yield return $"import.maxColumns is {import.MaxColumns}; the list has {columns} columns.";
        if (import.Guards?.RowsPercent is not (null or (>= 1 and <= 1000))) yield return $"import.guards.rowsPercent is {Number(import.Guards.RowsPercent.Value)}; expected 1 to 1000, or null.";
        if (import.Guards?.EmptyPoints is not (null or (>= 0.1 and <= 100))) yield return $"import.guards.emptyPoints is {Number(import.Guards.EmptyPoints.Value)}; expected 0.1 to 100, or null.";
        if (import.MaxGroups < 1) yield return $"import.maxGroups is {import.MaxGroups}; expected at least 1.";
    }

    private static string[] FolderNames(FolderSettings folders) =>
        [folders.In, folders.InTest, folders.Products, folders.Out, folders.Error, folders.Log, folders.Processing, folders.Archive];

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool IsRate(double perSecond) => perSecond is >= 0.01 and <= 100_000;

    private static bool KnowsEncoding(string name)
    {
        try
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(name) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<string> ListFaults(ListDefinition list)
    {
        if (list.Fields.Count is < 2 or > 500) yield return $"list.fields has {list.Fields.Count} columns; expected 2 to 500.";
        foreach (var name in new[] { ListDefinition.EmailField, ListDefinition.SourceField })
        {
            if (list.IndexOf(name) < 0) yield return $"list.fields has no column '{name}'.";
        }

        foreach (var field in list.Fields.Where(field => !FieldName().IsMatch(field.Name))) yield return $"list.fields: '{field.Name}' is no internal name; expected a-z, 0-9 and '_', a letter first.";
        foreach (var twice in list.Fields.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)) yield return $"list.fields: '{twice.Key}' is there {twice.Count()} times.";
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex("^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderName();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldName();
}
