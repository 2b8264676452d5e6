using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Orders.Accounts;

/// <summary>Bounds of the keys below <c>xmlDelivery</c> that are about the polled folder.</summary>
internal static class OrderConfigurationCheck
{
    public static IEnumerable<string> Faults(OrderConfiguration configuration)
    {
        if (Between("pollSeconds", configuration.PollSeconds, 1, 3600) is { } poll) yield return poll;
        if (Between("maxParallel", configuration.MaxParallel, 1, 32) is { } parallel) yield return parallel;
        if (Between("retryDelaySeconds", configuration.RetryDelaySeconds, 1, 3600) is { } delay) yield return delay;
        if (Between("retryMaxHours", configuration.RetryMaxHours, 1, 24) is { } hours) yield return hours;
        if (configuration.Name.Length is < 1 or > 64) yield return "xmlDelivery.name: expected 1 to 64 characters";
        if (!OrderFileName.IsAllowed(configuration.Directory)) yield return "xmlDelivery.directory: expected one name of A-Z, a-z, 0-9, '.', '_' and '-', below the root of the client's folders";
        foreach (var address in configuration.ReportRecipients.Where(address => EmailAddress.TryNormalise(address) is null)) yield return $"xmlDelivery.reportRecipients: '{address}' is no e-mail address";
        foreach (var fault in configuration.Sftp is { } server ? DropZones.Faults(server) : []) yield return "xmlDelivery.sftp: " + fault;
    }

    private static string? Between(string key, int value, int least, int most) =>
        value < least || value > most ? FormattableString.Invariant($"xmlDelivery.{key}: {value}; expected {least} to {most}") : null;
}
