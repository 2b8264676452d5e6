using ClosedLoop.Data.Access;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Bulk;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Notices;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Draining;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Bulk;
using ClosedLoop.Operations.Live;
using ClosedLoop.Operations.Machine;
using ClosedLoop.Operations.Pages;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Upkeep;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClosedLoop.Operations.Hosting;

/// <summary>Puts dashboard, API and access into the host.</summary>
public static class OperationsServices
{
    /// <summary>The hosted service that keeps indexes and figures up; of several silos one runs it.</summary>
    public static Type UpkeepService => typeof(LookupUpkeep);

    /// <summary>Registers everything but the ports (namespace <c>ClosedLoop.Operations.Ports</c>), which the host brings.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services, OperationsOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options);
        services.AddSingleton<UserStore>().AddSingleton<ApiKeyStore>().AddSingleton<AuditStore>().AddSingleton<AlarmNoteStore>().AddSingleton<IdempotencyStore>().AddSingleton<UnsubscribeStore>()
            .AddSingleton<AddressIndex>().AddSingleton<MailingFigures>();
        AddReaders(services);
        services.AddSingleton<ActionDesk>().AddSingleton<AuditTrail>().AddSingleton<MailingActions>().AddSingleton<FileActions>().AddSingleton<ClientActions>().AddSingleton<RecipientActions>()
            .AddSingleton<DefinitionActions>().AddSingleton<AccessActions>().AddSingleton<ConnectorActions>()
            .AddSingleton<ResponseCorrections>().AddSingleton<ResponseActions>().AddSingleton<SinkActions>().AddSingleton<SystemActions>().AddSingleton<AlertActions>()
            .AddSingleton<ReplayActions>().AddSingleton<AttentionActions>().AddSingleton<PersonActions>().AddSingleton<TraceActions>();
        services.AddSingleton<NoticeLog>().AddSingleton<MachineRecorder>().AddHostedService(provider => provider.GetRequiredService<MachineRecorder>());
        services.TryAddSingleton<DrainSwitch>();
        services.AddSingleton<LiveMeter>().AddSingleton<SignInLinks>().AddSingleton<Sessions>().AddSingleton<Screens>().AddSingleton<PreviewShelf>().AddSingleton<SourceEditor>();
        services.AddSingleton<BulkStore>().AddSingleton<BulkPlanner>().AddSingleton<BulkQuery>().AddSingleton<BulkDesk>().AddSingleton<BulkRunner>().AddHostedService(provider => provider.GetRequiredService<BulkRunner>());
        services.AddHostedService<FirstAdminMaker>().AddHostedService<LookupUpkeep>().AddHostedService<LookupWarmUp>();
        AddAccess(services, options);
        services.AddRazorComponents();
        services.AddProblemDetails();
        ApiSetup.Add(services);
        return services;
    }

    /// <summary>Everything that reads what pages, API and commands show; commands without a running service ask the same readers.</summary>
    internal static void AddReaders(IServiceCollection services) =>
        services.AddSingleton<Tables>().AddSingleton<Figures>().AddSingleton<MailingsReader>().AddSingleton<MailingDetailReader>().AddSingleton<FilesReader>().AddSingleton<ExportsReader>()
            .AddSingleton<FlowReader>().AddSingleton<DelayReader>().AddSingleton<ZonesReader>().AddSingleton<AcknowledgementReader>().AddSingleton<AttentionReader>().AddSingleton<HeaderReader>().AddSingleton<MessageReader>().AddSingleton<RecipientReader>()
            .AddSingleton<ResponsesReader>().AddSingleton<ReturnedReader>().AddSingleton<SampleRows>().AddSingleton<DryRunner>().AddSingleton<SystemReader>().AddSingleton<ProcessReader>().AddSingleton<ClockReader>().AddSingleton<SentMessages>()
            .AddSingleton<FileRowsReader>().AddSingleton<FileComparisonReader>().AddSingleton<RowBench>().AddSingleton<FileLooker>().AddSingleton<DomainQueueReader>().AddSingleton<PaceReader>().AddSingleton<ArrivalReader>().AddSingleton<TraceReader>();

    private static void AddAccess(IServiceCollection services, OperationsOptions options)
    {
        services.AddDataProtection().SetApplicationName("closedloop").PersistKeysToFileSystem(new DirectoryInfo(options.KeysFolder));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "closedloop.form";
            antiforgery.Cookie.SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = Microsoft.AspNetCore.Http.CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });

        // A request with a key is judged by the key; everything else by its session. Challenges of the API never redirect.
        var authentication = services.AddAuthentication(Selector)
            .AddPolicyScheme(Selector, displayName: null, policy => policy.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 || context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !IsLook(context) || context.Request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal) && !IsLook(context) ? BearerHandler.Name : Sessions.Scheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Name, configureOptions: null)
            .AddCookie(Sessions.Scheme, cookie => Sessions.Configure(cookie, options));
        if (options.OpenId is { } openId) OpenIdSetup.Add(authentication, openId, options);
        services.AddAuthorization(AccessRules.Add);
    }

    private const string Selector = "closedloop";

    /// <summary>A GET of the API from a browser that is signed in is answered by the session; anything that changes something needs a key, which no foreign page can send.</summary>
    private static bool IsLook(Microsoft.AspNetCore.Http.HttpContext context) =>
        Microsoft.AspNetCore.Http.HttpMethods.IsGet(context.Request.Method) && context.Request.Cookies.ContainsKey("closedloop.session");
}
