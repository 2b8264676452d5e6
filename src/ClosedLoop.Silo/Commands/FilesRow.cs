using System.CommandLine;
using System.Globalization;
using System.Text;
using ClosedLoop.Data.Files;
using ClosedLoop.Operations.Api;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>files row ID [N]</c>: what a row of a file becomes; the running service makes it, with its keys and its product data.</summary>
internal static class FilesRow
{
    public static Command Create()
    {
        var id = new Argument<long>("ID") { Description = "Number of the file, see closedloop files ls." };
        var row = new Argument<long>("ROW") { Description = "Number of an imported row, from 1; with --empty the one to search from.", DefaultValueFactory = _ => 1 };
        var empty = new Option<string?>("--empty") { Description = "A column: the first row whose value in it is empty." };
        var html = new Option<string?>("--html") { Description = "Writes the HTML part to this file." };
        var toSink = new Option<bool>("--to-sink") { Description = "Puts the mail into the built-in sink instead, marked as a test; nobody gets mail and no number changes." };
        var rows = new Option<int>("--rows") { Description = "With --to-sink: how many rows from this one on, 1 to 1000.", DefaultValueFactory = _ => 1 };
        var reason = new Option<string?>("--reason") { Description = "With --to-sink: why; kept in the audit." };
        var failIfEmpty = SharedOptions.FailIfEmpty();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("row", "Shows what a row of a file becomes: subject and text; exit code 6 when no mail can be made of it.") { id, row, empty, html, toSink, rows, reason, failIfEmpty, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var (file, wanted) = (parsed.GetValue(id), parsed.GetValue(row));
            if (parsed.GetValue(empty) is { } column)
            {
                var search = await OperatorClient.GetAsync<ApiEmptySearch>(settings, string.Create(CultureInfo.InvariantCulture, $"/files/{file}/rows/first-empty?column={Uri.EscapeDataString(column)}&from={wanted}"), cancellation);
                if (search.Row is not { } found) return None(parsed, failIfEmpty, json, column, search);
                wanted = found;
            }

            if (parsed.GetValue(toSink))
                return await OperatorClient.PostAsync(settings, string.Create(CultureInfo.InvariantCulture, $"/files/{file}/rows/{wanted}/replay?rows={parsed.GetValue(rows)}{OperatorClient.ReasonIn(parsed.GetValue(reason))}"), parsed.GetValue(json), cancellation);
            return await ShowAsync(settings, file, wanted, parsed.GetValue(html), parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static int None(ParseResult parsed, Option<bool> failIfEmpty, Option<bool> json, string column, ApiEmptySearch search)
    {
        if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, row = (long?)null, search.Looked, search.IsWhole });
        else Console.Error.WriteLine(search.IsWhole ? $"no row has an empty {column}" : string.Create(CultureInfo.InvariantCulture, $"none of the {search.Looked} rows that were looked at has an empty {column}; search on from a later row"));
        return SharedOptions.Listed(parsed, failIfEmpty, 0);
    }

    private static async Task<int> ShowAsync(SiloSettings settings, long file, long row, string? html, bool json, CancellationToken cancellation)
    {
        var shown = await OperatorClient.GetAsync<ApiFileRow>(settings, string.Create(CultureInfo.InvariantCulture, $"/files/{file}/rows/{row}"), cancellation);
        if (json) Output.WriteJson(new { schema = Output.Schema, shown.Row, shown.Mailing, shown.Sequence, shown.Address, shown.IsFrozen, shown.Subject, shown.Html, shown.Text, shown.Fault });
        else Print(shown);
        if (shown.Fault is { } fault) throw new CommandException(ExitCode.InvalidData, string.Create(CultureInfo.InvariantCulture, $"CL9697: no mail can be made of row {row}: {fault}"));
        if (html is null) return ExitCode.Ok;
        if (shown.Html is not { } part) throw new CommandException(ExitCode.NotFound, string.Create(CultureInfo.InvariantCulture, $"CL9698: the mail of row {row} has no HTML part; nothing was written."));
        AtomicFile.Write(html, stream => stream.Write(Encoding.UTF8.GetBytes(part)));
        return ExitCode.Ok;
    }

    private static void Print(ApiFileRow shown)
    {
        var output = Console.Out;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"row {shown.Row}  {shown.Address}  in mailing {shown.Mailing}, {(shown.IsFrozen ? "by the content that was frozen for it" : "by the source mailing as it is now")}"));
        if (shown.Fault is not null) return;
        output.WriteLine($"subject: {shown.Subject}");
        output.WriteLine();
        output.WriteLine(shown.Text?.TrimEnd() ?? "There is no text part; --html FILE writes the HTML.");
    }
}
