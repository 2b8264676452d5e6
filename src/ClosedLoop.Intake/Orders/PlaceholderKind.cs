namespace ClosedLoop.Intake.Orders;

/// <summary>Personalisation codes (xml-delivery spec section 10).</summary>
internal enum PlaceholderKind
{
    /// <summary><c>${field}$</c>.</summary>
    Field,

    /// <summary><c>&lt;{label}&gt;</c>.</summary>
    Note,

    /// <summary><c>@{url}@</c>.</summary>
    External,

    /// <summary><c>&lt;@url@&gt;</c>.</summary>
    Include,

    /// <summary><c>@(url)@</c>.</summary>
    Inline,

    /// <summary><c>^(url)^</c>.</summary>
    DynamicInline,

    /// <summary><c>%{url}%</c>.</summary>
    TrackedLink,

    /// <summary><c>^{url}^</c>.</summary>
    DynamicTrackedLink,

    /// <summary><c>&lt;% %&gt;</c>: Ruby, never run.</summary>
    Code,
}
