using ClosedLoop.Data.Notices;
using ClosedLoop.Intake.Files;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Tells of a file in the log, and by mail whom the client's definition names.</summary>
internal sealed class MailNotifier(LoggingNotifier log, NoticeStore notices) : IStatusNotifier
{
    public async Task NotifyAsync(ClientDefinition client, FileStatus status)
    {
        await log.NotifyAsync(client, status);
        var problem = StatusText.Verdict(status) != "OK";
        var addresses = client.Notify.To.Concat(problem ? client.Notify.ProblemsTo : []).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (addresses.Count == 0) return;
        await notices.AddAsync(new NewNotice(status.Cause, client.Id, addresses, StatusText.Subject(status), StatusText.Body(status)));
    }
}
