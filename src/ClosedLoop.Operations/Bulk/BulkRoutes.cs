using System.Globalization;
using ClosedLoop.Data.Access;
using ClosedLoop.Data.Bulk;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Pages;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Bulk;

/// <summary>Pages and forms of bulk actions: choose, see the exact count, say why, watch, take back.</summary>
internal static class BulkRoutes
{
    private const int PageSize = 50;

    /// <summary>Most octets of a list of addresses that is pasted in.</summary>
    private const int MostList = 1024 * 1024;

    private static readonly char[] Between = ['\r', '\n', ' ', '\t', ';', ','];

    public static void MapBulk(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/bulk", ListAsync).ExcludeFromDescription();
        endpoints.MapGet("/bulk/{id:long}", JobAsync).ExcludeFromDescription();
        endpoints.MapForm("/bulk/plan", OperatorRole.Operator, PlanAsync).WithMetadata(new BodyLimit(MostList));
        endpoints.MapForm("/bulk/start", OperatorRole.Operator, StartAsync).WithMetadata(new BodyLimit(MostList));
        endpoints.MapForm("/bulk/{id:long}/undo", OperatorRole.Operator, async (context, _) =>
        {
            var (result, job) = await context.RequestServices.Need<BulkDesk>().UndoAsync(Caller.Of(context), Id(context));
            Screens.Say(context, result.Done, result.Code is null ? result.Text : $"{result.Code}: {result.Text}");
            return Results.Redirect(Path(job ?? Id(context)));
        });
        endpoints.MapForm("/bulk/{id:long}/stop", OperatorRole.Operator, async (context, _) =>
        {
            var result = await context.RequestServices.Need<BulkDesk>().StopAsync(Caller.Of(context), Id(context));
            Screens.Say(context, result.Done, result.Text);
            return Results.Redirect(Path(Id(context)));
        });
    }

    /// <summary>Splits what was pasted: one on a line, or with commas, semicolons or blanks between.</summary>
    public static IEnumerable<string> Split(string? text) => (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);

    private static Task<IResult> ListAsync(HttpContext context, Screens show, BulkStore store, BulkDesk desk, long? before)
    {
        var caller = Caller.Of(context);
        var page = Page<BulkJob>.Of([.. store.Before(before ?? long.MaxValue, PageSize + 1)], PageSize, job => job.Id);
        return show.ShowAsync<BulkListPage>(context, "Bulk actions", "audit", new BulkListModel([.. page.Items.Where(job => desk.Sees(caller, job))], page.Next, before), null, "/api/v1/bulk");
    }

    private static async Task<IResult> JobAsync(HttpContext context, Screens show, BulkStore store, BulkDesk desk, long id)
    {
        if (desk.Find(Caller.Of(context), id) is not { } job) return await show.NotFoundAsync(context, FormattableString.Invariant($"Job {id}"));
        return await show.ShowAsync<BulkJobPage>(context, FormattableString.Invariant($"Job {id}"), "audit", new BulkJobModel(
            job, BulkKind.Find(job.Kind), store.Counts(id), store.Items(id, BulkOutcome.Refused, BulkOutcome.Begun, 0, PageSize), store.Items(id, BulkOutcome.Changed, BulkOutcome.Unchanged, 0, PageSize), store.UndoOf(id)),
            null, string.Create(CultureInfo.InvariantCulture, $"/api/v1/bulk/{id}"));
    }

    private static async Task<IResult> PlanAsync(HttpContext context, IFormCollection form)
    {
        var services = context.RequestServices;
        var (fault, plan) = services.Need<BulkPlanner>().Plan(Caller.Of(context), form["kind"], form["client"], Named(context, form));
        if (plan is not null) return await services.Need<Screens>().ShowAsync<BulkPlanPage>(context, "Bulk action", plan.Kind.IsAboutPeople ? "clients" : plan.Kind.Thing, new BulkPlanModel(plan, Forms.Local(form["next"])));
        if (fault!.Status == 404) return await services.Need<Screens>().NotFoundAsync(context, "The client");
        Screens.Say(context, done: false, $"{fault.Code}: {fault.Text}");
        return Forms.Back(form);
    }

    private static async Task<IResult> StartAsync(HttpContext context, IFormCollection form)
    {
        var (result, job) = await context.RequestServices.Need<BulkDesk>().StartAsync(Caller.Of(context), form["kind"], form["client"], Split(form["list"]), form["reason"]);
        if (result.Status == 404) return await context.RequestServices.Need<Screens>().NotFoundAsync(context, "The client");
        Screens.Say(context, result.Done, result.Code is null ? result.Text : $"{result.Code}: {result.Text}");
        return job is { } id ? Results.Redirect(Path(id)) : Forms.Back(form);
    }

    /// <summary>What was chosen by hand, pasted in, or fits the filter of the list as a whole.</summary>
    private static IEnumerable<string> Named(HttpContext context, IFormCollection form)
    {
        if (form["all"] != "true") return form["id"].OfType<string>().Concat(Split(form["list"]));
        return context.RequestServices.Need<BulkQuery>().Of(Caller.Of(context), form["of"], form["of-client"], form["of-state"], form["of-search"]).Select(id => id.ToString(CultureInfo.InvariantCulture));
    }

    private static string Path(long id) => string.Create(CultureInfo.InvariantCulture, $"/bulk/{id}");

    private static long Id(HttpContext context) => long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
}
