namespace ClosedLoop.Model.Products;

/// <summary>The three files of product data (closed-loop spec section 9). The numbers are stored.</summary>
public enum ProductKind
{
    /// <summary>The catalogue: columns by product id.</summary>
    Products = 0,

    /// <summary>Product ids by recipient address, for recipients whose id field is empty.</summary>
    Mapping = 1,

    /// <summary>Other products' ids by product id.</summary>
    Recommendations = 2,
}
