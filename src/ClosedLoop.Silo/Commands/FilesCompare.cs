using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Files;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>files compare ID</c>: a file beside the client's one before it; reads the database.</summary>
internal static class FilesCompare
{
    public static Command Create()
    {
        var id = new Argument<long>("ID") { Description = "Number of the file, see closedloop files ls." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("compare", "Compares a file with the client's one before it: rows, new and gone people, changed columns.") { id, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var (files, number) = (store.Get<FilesReader>(), parsed.GetValue(id));
            var detail = files.Detail(number) ?? throw new CommandException(ExitCode.NotFound, string.Create(CultureInfo.InvariantCulture, $"CL6002: file {number} does not exist; see closedloop files ls."));
            if (detail.Previous is not { } before || files.Detail(before.FileId) is not { } other) throw new CommandException(ExitCode.NotFound, string.Create(CultureInfo.InvariantCulture, $"CL9509: there is no file before file {number} to compare it with."));
            var (file, previous) = (ApiShapes.Of(detail.Line), ApiShapes.Of(other.Line));
            var found = await ComparedAsync(store, detail.Line.File, before, cancellation);
            var columns = (found?.Columns ?? []).Select(change => new ApiColumnChange(change.Name, change.EmptyBefore, change.EmptyNow)).ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, file, previous, found?.New, found?.Gone, found?.Sampled, columns });
            else Print(file, previous, found);
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>A page shows what has been counted so far; a command waits for all of it.</summary>
    /// <returns><c>null</c> when the rows of one of the two are not there: everybody would count as new, or as gone.</returns>
    private static async Task<FileComparison?> ComparedAsync(OfflineStore store, InboundFile file, InboundFile before, CancellationToken cancellation)
    {
        var rows = store.Get<FileRowsReader>();
        if (rows.Count(file.FileId) == 0 || rows.Count(before.FileId) == 0) return null;
        while (true)
        {
            if ((await store.Get<FileComparisonReader>().CompareAsync(file, before)).Value is { } found) return found;
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static void Print(ApiFile file, ApiFile previous, FileComparison? found)
    {
        var output = Console.Out;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"file {file.Id} {file.Name} against file {previous.Id} {previous.Name}"));
        foreach (var (name, before, now) in new[] { ("rows", previous.Records, file.Records), ("imported", previous.Imported, file.Imported), ("skipped", previous.Skipped, file.Skipped), ("bytes", previous.Size, file.Size) })
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-9} {before} before, {now} now{Change(before, now)}"));
        if (found is null)
        {
            output.WriteLine("  people    cannot be compared: rows of one of the two were not imported, or were given up to retention");
            return;
        }

        output.WriteLine($"  people    {Some(found.New, found)} new, {Some(found.Gone, found)} gone{(found.Sampled is { } sample ? string.Create(CultureInfo.InvariantCulture, $", by a sample of {sample} of each file") : "")}");
        foreach (var change in found.Columns)
            output.WriteLine($"  column    {change.Name}: {Share(change.EmptyBefore)} before, {Share(change.EmptyNow)} now");
    }

    private static string Some(long? people, FileComparison found) =>
        people is { } number ? string.Create(CultureInfo.InvariantCulture, $"{(found.Sampled is null ? "" : "about ")}{number}") : "not indexed yet who is";

    private static string Share(double? percent) => percent is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.0} % empty") : "not there";

    private static string Change(long before, long now) => before == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({100.0 * (now - before) / before:+0.0;-0.0;0.0} %)");
}
