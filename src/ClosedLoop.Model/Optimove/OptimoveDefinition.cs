namespace ClosedLoop.Model.Optimove;

/// <summary>
/// The connector of one client to Optimove (optimove spec section 10.1). Holds no secrets: these are stored sealed beside it and are never shown
/// again.
/// </summary>
public sealed record OptimoveDefinition
{
    /// <summary>Address of Optimove's API, without <c>/current</c> and without a slash at the end.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>User of Optimove's older login; null where a key is used, which is the only way since 2024 (optimove spec section 2).</summary>
    public string? UserName { get; init; }

    /// <summary>An inactive connector sends nothing, and its listener address is not known.</summary>
    public bool Active { get; init; } = true;

    public required IReadOnlyList<OptimoveChannel> Channels { get; init; }

    public IReadOnlyList<OptimoveParam> Params { get; init; } = [];

    /// <summary>Numbers of source mailings; empty offers every mailing that may be copied, under its own id where that fits into 31 bits.</summary>
    public IReadOnlyList<OptimoveTemplate> Templates { get; init; } = [];

    public IReadOnlyList<OptimoveHook> Hooks { get; init; } = [];

    public CancelListenerScope CancelListenerScope { get; init; } = CancelListenerScope.PerChannel;

    /// <summary>IANA zone of times without one.</summary>
    public string TimeZone { get; init; } = "UTC";

    public MetricsMode MetricsMode { get; init; } = MetricsMode.Interactions;

    /// <summary>Other numbers of interactions, by name (sent, delivered, opened, clicked, unsubscribed, dropped, spam, bounced).</summary>
    public IReadOnlyDictionary<string, int> EventIds { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Address that engagement events are posted to; needed for that mode only.</summary>
    public string? EngagementUrl { get; init; }

    /// <summary>Hours after the last sending at which a campaign's sums are final.</summary>
    public double CloseAfterHours { get; init; } = 72;

    /// <summary>Hours that a scheduled message may be late; later ones are not sent any more.</summary>
    public double MaxLatenessHours { get; init; } = 24;

    /// <summary>Minutes that a trigger may be old.</summary>
    public double MaxTriggerAgeMinutes { get; init; } = 15;

    /// <summary>Customer ids are compared without regard to case.</summary>
    public bool CaseInsensitiveIds { get; init; }

    /// <summary>Only who has opted in gets messages; else everybody who has not opted out.</summary>
    public bool RequireOptIn { get; init; }

    /// <summary>Requests in any ten seconds. Optimove refuses more than 50.</summary>
    public int RequestsPerTenSeconds { get; init; } = 45;

    /// <summary>Customers asked for by one request.</summary>
    public int PageSize { get; init; } = 5_000;

    /// <summary>What is done about attributes that a trigger lacks.</summary>
    public MissingAttributes MissingAttributes { get; init; } = MissingAttributes.Read;

    /// <summary>Triggers taken in a second, over all customers.</summary>
    public int TriggersPerSecond { get; init; } = 100;

    /// <summary>Triggers of one template taken for one customer in an hour.</summary>
    public int TriggersPerCustomerHour { get; init; } = 10;

    /// <summary>Addresses or CIDR blocks that listener calls come from; empty lets everybody in.</summary>
    public IReadOnlyList<string> AllowedAddresses { get; init; } = [];

    /// <summary><c>CommunicationMode</c> of an opt-in; subscriptions are told only when both modes are set.</summary>
    public int? ModeOptIn { get; init; }

    /// <summary><c>CommunicationMode</c> of an opt-out.</summary>
    public int? ModeOptOut { get; init; }

    /// <summary>Event 14, whose customers lie in files, is taken.</summary>
    public bool SdkFlow { get; init; }
}
