using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>Checks a recipient file as the server would, without importing anything: the command <c>check FILE</c>.</summary>
public static class SubscribersCheck
{
    /// <summary>Reads the file to its end and reports everything that is wrong with it.</summary>
    /// <param name="path">The file; a name that is no final name is reported as E101 and checked all the same.</param>
    /// <param name="client">The contract.</param>
    /// <param name="knownSources">Source mailings by which ids are checked; null leaves E302 to E306 out.</param>
    /// <param name="blocked">Whom the client does not want written to; null leaves W207 out.</param>
    /// <param name="test">Checks it as one of the test folder.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static FileValidation Run(
        string path, ClientDefinition client, IEnumerable<SourceMailing>? knownSources = null, BlockedAddresses? blocked = null, bool test = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(client);
        var byId = knownSources?.ToDictionary(s => s.Id);
        using var validator = new SubscribersValidator(
            client, id => byId is null ? SourceVerdict.Usable : SourceVerdict.Of(byId.GetValueOrDefault(id), client), blocked: blocked, test: test);
        var validation = validator.Run(() => File.OpenRead(path), cancellation);
        var name = Path.GetFileName(path);
        if (!FinalName.IsFinal(name))
        {
            validation.Problems.Add(FileProblem.OfFile(
                ErrorCodes.E101, FileStep.Name, "the name is not YYYYMMDDHHMMSS_subscribers.csv, so the server would not take the file"));
        }

        return validation;
    }
}
