using System.Diagnostics;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Responses.Export;
using ClosedLoop.Responses.Export.Files;
using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Benchmarks.Export;

/// <summary>Writes files of a run and takes the time.</summary>
internal sealed class ExportRunner(IServiceProvider services, string folder)
{
    private readonly Database _database = services.GetRequiredService<Database>();
    private readonly ExportSet _set = new(services.GetRequiredService<Database>(), services.GetRequiredService<DefinitionStore>(), services.GetRequiredService<IRenderedLinks>());
    private readonly ClientDefinition _client = services.GetRequiredService<DefinitionStore>().FindClient(Pipeline.PipelineContent.Client)!.Value;

    /// <summary>A run in which only one mailing started.</summary>
    public ExportRun RunOf(MailingRow mailing)
    {
        var listed = services.GetRequiredService<MailingStore>().Find(mailing.MailingId)!;
        return new ExportRun { RunId = 1, ClientId = _client.Id, Label = "20260303", CutFrom = FirstStamp(mailing.MailingId) - 1, CutTo = listed.FinishedRecorded!.Value };
    }

    /// <summary>Writes one file; the mailings of the run are looked up in the time, too.</summary>
    public (double Seconds, ExportedFile File) Write(ExportRun run, ExportTable table)
    {
        var clock = Stopwatch.StartNew();
        using var connection = _database.OpenRead();
        var file = _set.Write(_set.Open(connection, run, _client), table, table.Key, Path.Combine(folder, table.Key));
        return (clock.Elapsed.TotalSeconds, file);
    }

    /// <summary>Reads what the sending log is made of.</summary>
    public double Read(ExportRun run)
    {
        var clock = Stopwatch.StartNew();
        using var connection = _database.OpenRead();
        var job = _set.Open(connection, run, _client);
        var (rows, mixed) = (0, 0L);
        foreach (var mailing in job.Mailings)
        {
            using var cursor = new RecipientCursor(connection, job.Period, mailing, withFields: false);
            for (; cursor.Read(); rows++) mixed ^= cursor.StatusAt(run.CutTo).Created + cursor.Address.Length;
        }

        return rows > 0 && mixed != 0 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException("the mailing is empty");
    }

    private long FirstStamp(long mailing)
    {
        using var connection = _database.OpenRead();
        using var statement = new Statement(connection, "SELECT MIN(recorded) FROM ledger WHERE mailing_id = $1");
        return statement.Scalar(mailing);
    }
}
