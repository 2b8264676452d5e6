using System.CommandLine;
using System.Globalization;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>files show ID</c>: what the dashboard and the API tell of one file; reads the database.</summary>
internal static class FilesShow
{
    public static Command Create()
    {
        var id = new Argument<long>("ID") { Description = "Number of the file, see closedloop files ls." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("show", "Shows a file with everything that was found in it, and its mailings.") { id, data, json };
        command.SetAction(async (parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var number = parsed.GetValue(id);
            var detail = store.Get<FilesReader>().Detail(number) ?? throw new CommandException(ExitCode.NotFound, string.Create(CultureInfo.InvariantCulture, $"CL6002: file {number} does not exist; see closedloop files ls."));
            var shown = ApiShapes.Of(detail, await store.Get<MailingsReader>().OfFileAsync(number));
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, shown.File, shown.Problems, shown.PreviousFileId, shown.Mailings, shown.Approvals });
            else Print(shown);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Print(ApiFileDetail shown)
    {
        var (output, file) = (Console.Out, shown.File);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"file {file.Id}  {file.Name}  client {file.Client}{(file.Test ? ", test" : "")}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  state     {file.State}{(file.Code is null ? "" : $": {file.Code} {file.Message}")}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  received  {file.ReceivedAt:u}, {file.Size} bytes, SHA-256 {file.Sha256}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  records   {file.Records} = {file.Imported} imported + {file.Skipped} skipped; {file.Errors} errors, {file.Warnings} warnings"));
        if (shown.PreviousFileId is { } previous) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  before it file {previous}"));
        foreach (var approval in shown.Approvals) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  approved  by {approval.Person} at {approval.At:u}: {approval.Reason}; another person has to approve it, too"));
        foreach (var mailing in shown.Mailings) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  mailing   {mailing.Id}  {mailing.State}  {mailing.Name}, {mailing.Accepted} recipients"));
        foreach (var problem in shown.Problems)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(problem.IsError ? "error  " : "warning")} {problem.Code} line {problem.Line}{(problem.Column > 0 ? $", column {problem.Column}" : "")}: {problem.Message}"));
    }
}
