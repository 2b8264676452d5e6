using System.Globalization;
using ClosedLoop.Data.Access;
using ClosedLoop.Data.Clients;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Pages;

/// <summary>What the buttons of the dashboard do.</summary>
internal static class FormRoutes
{
    public static void MapForms(this IEndpointRouteBuilder endpoints)
    {
        MapFilesAndMailings(endpoints);
        MapClients(endpoints);
        MapAccess(endpoints);
        endpoints.MapSavedViews();
        endpoints.MapForm("/theme", OperatorRole.Viewer, (context, form) =>
        {
            context.Response.Cookies.Append(Screens.ThemeCookie, form["theme"].ToString() is "dark" or "light" ? form["theme"].ToString() : "auto", new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps });
            return Task.FromResult(Forms.Back(form));
        });
    }

    private static void MapFilesAndMailings(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAction("/files/{id:long}/retry", OperatorRole.Operator, (context, form) => On<FileActions>(context).RetryAsync(Caller.Of(context), Id(context), form["reason"]));
        endpoints.MapAction("/files/{id:long}/approve", OperatorRole.Operator, (context, form) => On<FileActions>(context).ApproveAsync(Caller.Of(context), Id(context), form["reason"]));
        endpoints.MapAction("/files/{id:long}/discard", OperatorRole.Operator, (context, form) => form["tell"] == "true"
            ? On<FileActions>(context).RejectAsync(Caller.Of(context), Id(context), form["reason"])
            : On<FileActions>(context).DiscardAsync(Caller.Of(context), Id(context), form["reason"]));
        endpoints.MapAction("/files/{id:long}/replace", OperatorRole.Operator, (context, form) => On<FileActions>(context).ReplaceAsync(Caller.Of(context), Id(context), form["path"].ToString(), form["reason"]));
        endpoints.MapAction("/files/{id:long}/rows/{row:long}/replay", OperatorRole.Operator, (context, form) => On<ReplayActions>(context).RowsAsync(
            Caller.Of(context), Id(context), Number((string)context.Request.RouteValues["row"]!), (int)Math.Min(Number(form["rows"]), int.MaxValue), form["reason"], context.RequestAborted));
        endpoints.MapAction("/mailings/{id:long}/pause", OperatorRole.Operator, (context, form) => On<MailingActions>(context).PauseAsync(Caller.Of(context), Id(context), form["reason"]));
        endpoints.MapAction("/mailings/{id:long}/resume", OperatorRole.Operator, (context, form) => On<MailingActions>(context).ResumeAsync(Caller.Of(context), Id(context), form["reason"]));
        endpoints.MapAction("/mailings/{id:long}/start", OperatorRole.Operator, (context, form) => On<MailingActions>(context).StartAsync(Caller.Of(context), Id(context), form["reason"]));
        endpoints.MapAction("/mailings/{id:long}/cancel", OperatorRole.Operator, (context, form) => On<MailingActions>(context).CancelAsync(Caller.Of(context), Id(context), form["reason"]));
        endpoints.MapAction("/mailings/{id:long}/resend", OperatorRole.Operator, (context, form) =>
            On<MailingActions>(context).ResendAsync(Caller.Of(context), Id(context), form["soft"] == "true", form["unknown"] == "true", dryRun: false, form["reason"]));
        endpoints.MapAction("/mailings/{id:long}/resend/plan", OperatorRole.Operator, (context, form) =>
            On<MailingActions>(context).ResendAsync(Caller.Of(context), Id(context), form["soft"] == "true", form["unknown"] == "true", dryRun: true, null));
        endpoints.MapAction("/mailings/{id:long}/retry-failed", OperatorRole.Operator, async (context, form) =>
            (await On<MailingActions>(context).RetryFailedAsync(Caller.Of(context), Id(context), form["refused"] == "true", form["reason"])).Result);
        endpoints.MapAction("/mailings/{id:long}/replay", OperatorRole.Operator, (context, form) =>
            On<ReplayActions>(context).ReplayAsync(Caller.Of(context), Id(context), (int)Math.Min(Number(form["recipients"]), int.MaxValue), form["reason"], context.RequestAborted));
    }

    private static void MapClients(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAction("/recipients/block", OperatorRole.Operator, (context, form) => On<RecipientActions>(context).BlockAsync(Caller.Of(context), form["client"]!, form["entry"].ToString(), form["reason"]));
        endpoints.MapAction("/recipients/unblock", OperatorRole.Operator, (context, form) => On<RecipientActions>(context).UnblockAsync(Caller.Of(context), form["client"]!, form["entry"].ToString(), form["reason"]));
        endpoints.MapAction("/recipients/untrack", OperatorRole.Operator, (context, form) => On<RecipientActions>(context).UntrackAsync(Caller.Of(context), form["client"]!, form["entry"].ToString(), form["reason"]));
        endpoints.MapAction("/recipients/track", OperatorRole.Operator, (context, form) => On<RecipientActions>(context).TrackAsync(Caller.Of(context), form["client"]!, form["entry"].ToString(), form["reason"]));
        endpoints.MapAction("/recipients/bounces", OperatorRole.Operator, (context, form) => On<RecipientActions>(context).ResetBouncesAsync(Caller.Of(context), form["client"]!, form["entry"].ToString(), form["reason"]));
        endpoints.MapAction("/recipients/resubscribe", OperatorRole.Admin, (context, form) => On<RecipientActions>(context).ResubscribeAsync(Caller.Of(context), form["client"]!, form["entry"].ToString(), form["reason"]));
        endpoints.MapAction("/delivery/hold", OperatorRole.Operator, (context, form) => On<ClientActions>(context).HoldAsync(
            Caller.Of(context), form["client"]!, Text(form["domain"]), double.TryParse(form["minutes"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) ? minutes * 60 : 0, form["reason"].ToString()));
        endpoints.MapAction("/delivery/open", OperatorRole.Operator, (context, form) => On<ClientActions>(context).OpenAsync(Caller.Of(context), form["client"]!, Text(form["domain"]), form["reason"]));
        endpoints.MapAction("/delivery/limit", OperatorRole.Operator, (context, form) => On<ClientActions>(context).LimitAsync(
            Caller.Of(context), form["client"]!, Text(form["domain"]), Decimal(form["rate"]), Decimal(form["minutes"]) * 60, form["reason"]));
        endpoints.MapAction("/delivery/lift", OperatorRole.Operator, (context, form) => On<ClientActions>(context).LiftAsync(Caller.Of(context), form["client"]!, Text(form["domain"]), form["reason"]));
        endpoints.MapAction("/delivery/flush", OperatorRole.Operator, (context, form) => On<ClientActions>(context).FlushAsync(Caller.Of(context), form["client"]!, Text(form["domain"]), form["reason"]));
        endpoints.MapAction("/delivery/trace", OperatorRole.Operator, (context, form) => On<TraceActions>(context).OrderAsync(Caller.Of(context), form["client"]!, form["reason"]));
        endpoints.MapForm("/recipients/export", OperatorRole.Operator, async (context, form) =>
            Handed(context, form, await On<PersonActions>(context).ExportAsync(Caller.Of(context), form["address"].ToString(), Text(form["client"])), "person.json"));
        endpoints.MapForm("/recipients/erase", OperatorRole.Admin, async (context, form) =>
            Handed(context, form, await On<PersonActions>(context).EraseAsync(Caller.Of(context), form["address"].ToString(), Text(form["client"]), form["reason"], context.RequestAborted), "erasure-certificate.json"));
        endpoints.MapAction("/responses/{id:long}/bind", OperatorRole.Operator, (context, form) =>
            On<ResponseActions>(context).AssignAsync(Caller.Of(context), Id(context), form["message"], form["as"], form["reason"]));
        endpoints.MapAction("/responses/classify", OperatorRole.Operator, (context, form) => On<ResponseActions>(context).ReclassifyAsync(
            Caller.Of(context), Number(form["mailing"]), (int)Number(form["sequence"]), (int)Number(form["ordinal"]), form["as"], form["reason"]));
        endpoints.MapAction("/sink/{id:long}/act", OperatorRole.Operator, (context, form) =>
            On<SinkActions>(context).ActAsync(Caller.Of(context), Id(context), form["deed"], form["reason"], context.RequestAborted));
        endpoints.MapAction("/clients/poll", OperatorRole.Operator, (context, form) => On<ClientActions>(context).PollAsync(Caller.Of(context), form["client"]!));
        endpoints.MapAction("/exports/run", OperatorRole.Operator, (context, form) => On<ClientActions>(context).ExportAsync(Caller.Of(context), form["client"]!, form["reason"]));
        endpoints.MapAction("/attention/acknowledge", OperatorRole.Operator, (context, form) => On<AttentionActions>(context).AcknowledgeAsync(Caller.Of(context), form["item"].ToString(), form["reason"]));
        endpoints.MapAction("/alarms/snooze", OperatorRole.Operator, (context, form) => On<AccessActions>(context).SnoozeAsync(
            Caller.Of(context), form["subject"].ToString(), form["cause"].ToString(), double.TryParse(form["hours"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) ? hours : 0, form["reason"]));
    }

    private static void MapAccess(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/access", (HttpContext context, Screens show, UserStore users, ApiKeyStore keys, DefinitionStore definitions) => ShowAccessAsync(context, show, users, keys, definitions, newKey: null)).Needs(OperatorRole.Admin).ExcludeFromDescription();
        endpoints.MapAction("/access/users", OperatorRole.Admin, (context, form) => On<AccessActions>(context).AddUserAsync(Caller.Of(context), form["name"].ToString(), form["role"].ToString(), form["password"]));
        endpoints.MapAction("/access/users/change", OperatorRole.Admin, (context, form) => On<AccessActions>(context).ChangeUserAsync(
            Caller.Of(context), form["name"].ToString(), form["role"], form["disabled"] == "true" ? true : form["disabled"] == "false" ? false : null, form["password"]));
        endpoints.MapAction("/access/keys/revoke", OperatorRole.Admin, (context, form) => On<AccessActions>(context).RevokeKeyAsync(Caller.Of(context), form["id"].ToString()));

        // The key is shown in the answer itself and stands nowhere else: not in a cookie, not in an address.
        endpoints.MapForm("/access/keys", OperatorRole.Admin, async (context, form) =>
        {
            var (result, key) = await On<AccessActions>(context).AddKeyAsync(
                Caller.Of(context), form["name"].ToString(), form["role"].ToString(), form["client"], int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null);
            if (key is null || !result.Done)
            {
                Screens.Say(context, done: false, $"{result.Code}: {result.Text}");
                return Results.Redirect("/access");
            }

            var services = context.RequestServices;
            return await ShowAccessAsync(context, services.Need<Screens>(), services.Need<UserStore>(), services.Need<ApiKeyStore>(), services.Need<DefinitionStore>(), key);
        });
    }

    private static Task<IResult> ShowAccessAsync(HttpContext context, Screens show, UserStore users, ApiKeyStore keys, DefinitionStore definitions, string? newKey) => Caller.Of(context).ClientId is not null
        ? show.FaultAsync(context, 403, "Not allowed", "The key is bound to one client.")
        : show.ShowAsync<AccessPage>(context, "Access", "access", new AccessModel(users.All(), keys.All(), definitions.Clients().ToDictionary(client => client.Value.Id, client => client.Value.Key), newKey));

    /// <summary>A file that the person at the screen takes away; without one, back with the reason.</summary>
    private static IResult Handed(HttpContext context, IFormCollection form, (ActionResult Result, byte[]? File) done, string name)
    {
        if (done.File is not null) return Results.File(done.File, "application/json", name);
        Screens.Say(context, done: false, done.Result.Code is null ? done.Result.Text : $"{done.Result.Code}: {done.Result.Text}");
        return Forms.Back(form);
    }

    private static T On<T>(HttpContext context)
        where T : notnull => context.RequestServices.Need<T>();

    private static long Id(HttpContext context) => long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);

    private static long Number(string? value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static double Decimal(string? value) => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
