using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Guards;

/// <summary>
/// Compares a recipient file, while it is read, with the client's file before it. <c>plan</c> and the intake use the same one, so that what was planned is what happens.
/// </summary>
public sealed class FileComparison(ClientDefinition client, LastFileReader files, DefinitionStore definitions)
{
    private readonly LastFile? _last = files.Find(client.Id);
    private readonly EmptyCount _now = new(client.List);

    /// <summary>Recipients so far.</summary>
    public long Recipients { get; private set; }

    /// <summary>Share of empty values so far by column, in percent.</summary>
    public IReadOnlyDictionary<string, double> Empty => _now.Percent();

    /// <summary>Takes one accepted recipient in.</summary>
    /// <returns>The first column that is empty here and nowhere before, or -1.</returns>
    public int Add(ReadOnlySpan<byte> fields)
    {
        Recipients++;
        return _now.Add(fields);
    }

    /// <summary>When the file is read; <c>null</c> for a client's first file, or when the recipients of the one before are kept no longer.</summary>
    /// <param name="person">Told each address of the file before.</param>
    public FileDifference? End(Action<string>? person = null)
    {
        if (_last is not { } last) return null;

        // A column is known by its name: since then the list may have got others in between.
        var before = new EmptyCount((definitions.FindClient(client.Id, last.ClientVersion)?.Value ?? client).List);
        foreach (var (address, fields) in files.Recipients(last.FileId))
        {
            person?.Invoke(address);
            if (fields.Length > 0) before.Add(fields);
        }

        var then = before.Percent();
        return new FileDifference(
            last.Name, last.Imported, Math.Round(100.0 * (Recipients - last.Imported) / last.Imported, 1),
            _now.Percent().Where(column => then.TryGetValue(column.Key, out var share) && column.Value > share)
                .ToDictionary(column => column.Key, column => Math.Round(column.Value - then[column.Key], 1), StringComparer.Ordinal));
    }
}
