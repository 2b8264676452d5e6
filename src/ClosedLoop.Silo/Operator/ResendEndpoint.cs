using System.Globalization;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Model.Errors;

namespace ClosedLoop.Silo.Operator;

/// <summary>Sends a finished mailing again (closed-loop spec section 14) and tells so in the log of its file.</summary>
internal static class ResendEndpoint
{
    public static async Task<IResult> ResendAsync(long id, bool? soft, bool? unknown, bool? dryRun, IGrainFactory grains, MailingStore mailings, MailingLog log)
    {
        if (mailings.Find(id) is null) return Results.Problem(statusCode: 404, title: $"CL4003: mailing {id} does not exist");
        var mailing = grains.GetGrain<IMailingGrain>(id.ToString(CultureInfo.InvariantCulture));
        var answer = await mailing.ResendAsync(soft ?? unknown is not true, unknown ?? false, dryRun ?? false);
        if (answer.Done && dryRun is not true) await log.AddAsync(id, ErrorCodes.R701, answer.Text);
        return Results.Ok(answer);
    }
}
