using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Notices;
using ClosedLoop.Grains;
using ClosedLoop.Intake.Guards;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Files;

/// <summary>A file that crosses a guard rail waits between "checked" and "imported" until somebody approves it, for as long as it takes.</summary>
public sealed partial class FileIntake
{
    /// <summary>Somebody says yes; a file that enough people have approved goes on where it stood.</summary>
    public async Task<OperatorAnswer> ApproveAsync(Versioned<ClientDefinition> client, long fileId, Approver approver)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(approver);
        if (register.Find(fileId) is not { } file || file.ClientId != client.Value.Id) return NoSuchFile(client, fileId);
        var now = time.NowMicroseconds();
        var verdict = await writer.WriteAsync(context => FileRegister.Approve(context, fileId, approver, options.TwoPeopleAbove, now));
        if (verdict == ApprovalVerdict.Released) options.Reached?.Invoke(fileId, FileState.Imported);
        return verdict switch
        {
            ApprovalVerdict.Released => new(true, $"{file.Name} is approved and goes on"),
            ApprovalVerdict.OneMore => new(true, $"{file.Name} is approved by {approver.Person}; another person has to approve it, too"),
            ApprovalVerdict.SamePerson => new(false, $"CL9591: {approver.Person} has approved {file.Name} already; it takes another person"),
            ApprovalVerdict.NoPerson => new(false, $"CL9590: {file.Name} reaches so many people that two users have to approve it, and '{approver.Name}' is none; sign in to the dashboard by name, or use a key that a user has made"),
            _ => new(false, $"{file.Name} is {StatusText.NameOf(register.Find(fileId)!.State)}; only a file that waits for approval can be approved"),
        };
    }

    /// <summary>What compares the file with the one before; <c>null</c> when nobody wants to know.</summary>
    private FileComparison? Comparison(FileWork work) =>
        work.Client.Import.Guards is null || work.File.Test ? null : new FileComparison(work.Client, last, definitions);

    /// <summary>Test data reaches nobody but the test list, so there is nothing to ask anybody about.</summary>
    private List<string> Crossed(FileWork work, FileValidation validation, FileComparison? comparison)
    {
        if (work.File.Test) return [];
        List<string> crossed = comparison is null ? [] : [.. GuardRails.Crossed(work.File.Name, validation, comparison.End(), work.Client.Import.Guards!)];
        if (GuardRails.People(validation.Accepted, options.TwoPeopleAbove) is { } people) crossed.Add(people);
        return crossed;
    }

    private async Task HoldAsync(FileWork work, List<FileGroupRow> groups, List<string> crossed)
    {
        await writer.WriteAsync(context => FileRegister.Hold(
            context, work.File.FileId, groups, FileProblem.OfFile(ErrorCodes.W155, FileStep.Validate, string.Join("; ", crossed))));
        work.Validation = null;
        Reached(work);
        LogHeld(work.File.FileId, work.File.Name, work.File.Message);
        await ReportAsync(work);
    }

    /// <summary>A crash may have kept people from hearing that a file waits. Whoever was told is not told again: the notice has the state's stamp as its cause.</summary>
    private async Task TellHeldAsync(FileWork work)
    {
        var status = StatusOf(work, register.Problems(work.File.FileId));
        await WriteStatusAsync(work, status);
        await notifier.NotifyAsync(work.Client, status);
    }

    /// <summary>
    /// The file goes first, the decision second, what it has written last. Dying in between leaves a file that still waits and can be decided on again, or rows
    /// that the next start removes; never a decided file that lies where a start would claim it as a new one.
    /// </summary>
    private async Task<bool> RejectAsync(IDropZone zone, Versioned<ClientDefinition> client, InboundFile file, FileState to, NewNotice? notice = null)
    {
        var work = new FileWork(zone, client, file);
        await MoveAwayAsync(work, work.Processing, ZoneFolder.Archive);
        if (!await register.RejectAsync(file.FileId, to, notice)) return false;
        options.Reached?.Invoke(file.FileId, to);
        await ledger.RemoveImportAsync(file.FileId);
        return true;
    }

    private static OperatorAnswer NoSuchFile(Versioned<ClientDefinition> client, long fileId) => new(false, FormattableString.Invariant($"client {client.Value.Key} has no file {fileId}"));
}
