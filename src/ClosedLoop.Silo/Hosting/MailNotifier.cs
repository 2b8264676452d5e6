using System.Globalization;
using ClosedLoop.Data.Notices;
using ClosedLoop.Intake.Files;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Tells of a file in the log, and by mail whom the client's definition names.</summary>
internal sealed class MailNotifier(LoggingNotifier log, NoticeStore notices) : IStatusNotifier
{
    public async Task NotifyAsync(ClientDefinition client, FileStatus status)
    {
        await log.NotifyAsync(client, status);
        await AddAsync(client, StatusText.Verdict(status) != "OK", status.Cause, StatusText.Subject(status), StatusText.Body(status));
    }

    public Task NotifyAsync(ClientDefinition client, ZoneEntry entry, FileProblem problem) => AddAsync(
        client,
        isProblem: true,

        // The time of the file is part of the cause: a restart tells nothing twice, and another file of the name is told of again.
        string.Create(CultureInfo.InvariantCulture, $"name/{client.Id}/{problem.Code.Code}/{entry.Name}/{entry.Modified:yyyyMMddHHmmss}"),
        $"[closed-loop] WARNING {entry.Name}",
        string.Create(CultureInfo.InvariantCulture, $"file: {entry.Name}\nclient: {client.Id}\nsize: {entry.Size}\nchanged: {entry.Modified:yyyy-MM-dd HH:mm:ss}\nwarning: {problem.Code.Code} {problem.Message}\n"));

    private async Task AddAsync(ClientDefinition client, bool isProblem, string cause, string subject, string body)
    {
        var addresses = client.Notify.Recipients(isProblem);
        if (addresses.Count > 0) await notices.AddAsync(new NewNotice(cause, client.Id, addresses, subject, body));
    }
}
