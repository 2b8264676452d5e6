namespace ClosedLoop.Optimove.Api;

/// <summary>What a failed request means (optimove spec section 2.1).</summary>
public enum OptimoveFault
{
    /// <summary>401: no or an unknown key. The connector stops.</summary>
    Auth,

    /// <summary>403: the key may not make this call; others go on.</summary>
    Permission,

    /// <summary>400 or 405: asking again changes nothing.</summary>
    Refused,

    /// <summary>404 on a call that is no list.</summary>
    NotFound,

    /// <summary>429 in spite of waiting.</summary>
    RateLimited,

    /// <summary>5xx.</summary>
    Server,

    /// <summary>The request did not leave.</summary>
    NotSent,

    /// <summary>The request left, and no answer came: it may have been carried out.</summary>
    NoAnswer,

    /// <summary>An answer that cannot be understood, or a text where rows were expected.</summary>
    Malformed,
}
