using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Verdicts;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Api;

/// <summary>What is read, in the form the API tells it: the form is a contract, what is read is not.</summary>
internal static class ApiShapes
{
    /// <summary>Microseconds.</summary>
    private const long Second = 1_000_000;

    public static ApiFile Of(FileLine line)
    {
        var file = line.File;
        return new ApiFile(
            file.FileId, line.ClientKey, file.Name, Name(file.State), file.Size, file.Sha256, file.Records, file.Imported, file.Skipped, file.Warnings, file.Errors, file.Code, file.Message, file.Test,
            At(file.ReceivedAt), At(file.ClaimedAt));
    }

    public static ApiFileDetail Of(FileDetail detail, IReadOnlyList<MailingLine> mailings) => new(
        Of(detail.Line), [.. detail.Problems.Select(problem => new ApiProblem(problem.Code.Code, problem.IsError, problem.Line, problem.Record, problem.Column, problem.Message))],
        detail.Previous?.FileId, [.. mailings.Select(Of)], [.. detail.Approvals.Select(approval => new ApiApproval(approval.Person, approval.Reason, At(approval.GivenAt)))]);

    public static ApiMailing Of(MailingLine line)
    {
        var row = line.Row;
        return new ApiMailing(
            row.MailingId, line.ClientKey, row.Name, Name(row.State), row.SourceId, row.SourceVersion, row.WaveId, row.FileId, row.Accepted,
            line.Counts is { } counts ? new ApiCounts(counts.Waiting, counts.Sending, counts.Sent, counts.Failed, counts.Suppressed, counts.Unknown, counts.Cancelled) : null,
            line.AddsUp, row.Resends, row.Test, At(row.CreatedAt), At(row.StartedAt), At(row.FinishedAt), line.Pace?.PerSecond, line.Pace?.Left, line.Pace?.Complaints);
    }

    public static ApiMailingDetail Of(MailingLine line, MailingDetail detail) => new(
        Of(line),
        new ApiFunnel(detail.Funnel.Openers, detail.Funnel.AutomaticOpeners, detail.Funnel.Clickers, detail.Funnel.Unsubscribers, detail.Funnel.Opens, detail.Funnel.AutomaticOpens, detail.Funnel.Clicks,
            detail.Funnel.MachineClickers, detail.Funnel.MachineClicks, [.. detail.Funnel.Verdicts.Select(line => new ApiVerdict(Name(line.Kind), VerdictWords.Of(line.Verdict), line.Events, line.People))]),
        [.. (detail.Domains ?? []).Select(domain => new ApiDomain(domain.Domain, domain.Recipients, domain.Sent, domain.Failed, domain.Open))],
        [.. (detail.Reasons ?? []).Select(reason => new ApiReason(Name((RecipientState)reason.State), reason.Reason, reason.Recipients))],
        Of(detail.Curve),
        detail.Latency is { } latency ? new ApiLatency(latency.Median / Second, latency.P95 / Second, [.. latency.Classes.Select(one => new ApiLatencyClass(one.UpTo / Second, one.Sent))]) : null,
        Of(line.Row, detail),
        detail.IsCounting);

    private static ApiCurve Of(SendCurve curve) => new(
        At(curve.Plan.StartAt), curve.Plan.PerSecond, curve.Plan.SetBy, At(curve.Plan.EndAt), [.. curve.Points.Select(point => new ApiCurvePoint(At(point.At), point.Sent, point.Settled))]);

    private static ApiProvenance Of(MailingRow row, MailingDetail detail) => new(
        row.SourceId, row.SourceVersion, detail.Made.SourceNow, row.ClientVersion, detail.Made.ClientNow, row.FileId, row.ContentHash, detail.Made.IsExported, [.. detail.Exports.Select(export => export.Run.RunId)]);

    public static ApiRecipient Of(RecipientStory story) => new(
        story.Address,
        [.. story.Standing.Select(one => new ApiStanding(
            one.ClientKey, one.GetsMail, [.. one.Suppressions.Select(line => new ApiSuppression(line.Kind, line.Origin, At(line.At), line.MailingId, line.Pattern))], one.Hard, one.Soft, one.Untracked))],
        [.. story.Messages.Select(Of)],
        story.NotSearched);

    public static ApiMessage Of(MessageStory message) => new(
        message.Mailing.MailingId, message.Sequence, message.MessageId, message.RecipientId, message.ClientKey, message.Mailing.Name, Name(message.State), message.Explanation, message.Reason, message.ReplyCode,
        message.Attempts, [.. message.Steps.Select(step => new ApiStep(At(step.At), step.What, step.Detail))]);

    public static ApiExport Of(ExportLine line) => new(
        line.Run.RunId, line.ClientKey, line.Run.Label, line.Run.Published, At(line.Run.CutTo), [.. line.Files.Select(file => Of(file)!)]);

    public static ApiExportFile? Of(ExportFileLine? file) => file is null ? null : new ApiExportFile(file.Table, file.Name, file.Rows, file.Bytes, file.Sha256);

    public static ApiAuditEntry Of(AuditEntry entry) => new(
        entry.Id, At(entry.At), entry.Actor, entry.Origin, entry.Action, entry.Subject, entry.Done, entry.Answer, entry.Reason, entry.Before, entry.After);

    public static ApiOverview Of(HeaderModel header) => new(
        header.Mode, header.IsHealthy, header.Queue?.Recipients, header.Flow?.Sent, header.Flow?.Failed, At(header.NextPoll), At(header.NextExport),
        [.. header.Attention.Items.Select(item => new ApiAttention(item.Tone, item.What, item.So, item.Href, item.Command, At(item.Since), item.Key, item.Seen?.By, At(item.Seen?.At)))]);

    public static DateTimeOffset At(long microseconds) => Instants.FromMicroseconds(microseconds);

    public static DateTimeOffset? At(long? microseconds) => microseconds is { } at ? At(at) : null;

    /// <summary>Names of states as the API spells them.</summary>
    public static string Name<T>(T state)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
