/**
 * What the service answers. `make contract` writes this file from the OpenAPI document; nobody edits it.
 * of schemas 090b0411c09f8aac7826e20e07db97e2ef96167456d32b55981b6e7400c8e1f8
 * with types 4cfb4ac0742ee86c844562f9e4800f26c28a004a4aaf369afc5307f90af18031
 */

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A paired difference in SRCC to the baseline of the same size, and what it allows to be said. */
        AgainstBaseline: {
            comparison: components["schemas"]["Comparison"];
            /** @description signed_rank: Wilcoxon's after Holm's correction, and the corrected resampled t-test. corrected_t: that one alone, after the correction, where no p of Wilcoxon's could be small enough. null: too few splits. */
            test: ("signed_rank" | "corrected_t") | null;
            /** @description Checkpoints with such a baseline, whom Holm's correction is over. */
            num_comparisons: number;
            /** @description P of the splits' test after Holm's correction. */
            p_holm: number | null;
            /** @description P of the corrected resampled t-test. */
            p_corrected: number | null;
            /** @enum {string} */
            verdict: "better" | "worse" | "hinted at: better" | "hinted at: worse" | "no difference shown" | "too few splits";
        };
        /** @description How well mapped scores follow the labels; `plcc_unmapped` is taken of the scores as they are. */
        Agreement: {
            srcc: components["schemas"]["Estimate"];
            plcc: components["schemas"]["Estimate"];
            krcc: components["schemas"]["Estimate"];
            rmse: components["schemas"]["Estimate"];
            plcc_unmapped: number | null;
        };
        /** @description How scores agree with labels, over splits; null where no split has it. */
        AgreementFigures: {
            srcc: components["schemas"]["Spread"] | null;
            plcc: components["schemas"]["Spread"] | null;
            plcc_fitted: components["schemas"]["Spread"] | null;
            krcc: components["schemas"]["Spread"] | null;
            rmse: components["schemas"]["Spread"] | null;
        };
        /** @description Agreement of the top cluster with a labelling: adjusted and normalised mutual information. */
        AgreementResponse: {
            ami: number;
            nmi: number;
        };
        /** @description A part of the list of analyses, newest first. */
        AnalysisList: {
            items: components["schemas"]["AnalysisSummary"][];
            /** @description Send it back as `cursor` for the next part; null at the end. */
            next_cursor: string | null;
            /** @description How many the whole list has now, in all its parts. */
            total: number;
        };
        /** @description An analysis under one checkpoint. */
        AnalysisResponse: {
            id: string;
            /** Format: date-time */
            created_at: string;
            /** @description Name to show; not a path. */
            filename: string;
            checkpoint: string;
            score: components["schemas"]["ScoreResponse"];
            links: components["schemas"]["Links"];
            variant: string;
            formulation: string;
            /** @description SHA-256 of the weights that gave this score. */
            weights_sha256: string;
            /** @description p(cluster given picture), K; adds up to one. */
            posteriors: number[] | null;
            /** @description Names of the K clusters. */
            cluster_names: string[] | null;
            /** @description log p(embedding): low is unlike the training photographs. */
            log_likelihood: number | null;
            /** @description Percentile of `log_likelihood` among the training photographs: near 0 is unlike all of them. */
            familiarity: number | null;
            /** @description The gate's own output, E; adds up to one. */
            gating_weights: number[] | null;
            /** @description What weighs the experts, E; adds up to one. */
            routing_weights: number[] | null;
            /** @description Attention on the clusters, K, mean over heads. */
            attention_weights: number[] | null;
            /** @description Predicted severities, S, each at least 0. */
            severities: number[] | null;
            /** @description The S distortion groups that the severities are of. */
            severity_names: string[] | null;
            /** @description Empty where the variant has no experts. */
            experts: components["schemas"]["ExpertResponse"][];
            distortion: components["schemas"]["DistortionResponse"] | null;
            image: components["schemas"]["ImageResponse"];
            /** @description Wall time of each stage and in total, in milliseconds. */
            timing_ms: {
                [key: string]: number;
            };
            /** @description Every checkpoint that scored this picture, in order. */
            scored_checkpoints: string[];
        };
        /** @description An entry of the list: the score under the checkpoint that was used first. */
        AnalysisSummary: {
            id: string;
            /** Format: date-time */
            created_at: string;
            /** @description Name to show; not a path. */
            filename: string;
            checkpoint: string;
            score: components["schemas"]["ScoreResponse"];
            links: components["schemas"]["Links"];
        };
        /** @description Figures on pictures of a kind that heads were not trained on. */
        AwayResponse: {
            /** @description The source or rated set that was left out, or `synthetic`. */
            name: string;
            /** @enum {string} */
            kind: "source" | "set" | "synthetic";
            num_heads: number;
            srcc: components["schemas"]["Spread"] | null;
            plcc: components["schemas"]["Spread"] | null;
            /** @description null where there is nothing to replace. */
            routing: components["schemas"]["AwayRoutingResponse"] | null;
            /** @description Of the 90 % intervals, which were calibrated at home. */
            coverage: components["schemas"]["Spread"] | null;
            /** @description Of these intervals, points. */
            mean_width: components["schemas"]["Spread"] | null;
            plain: components["schemas"]["PlainResponse"];
            /** @description SRCC less that of the ridge, paired over heads. */
            against_ridge: components["schemas"]["Comparison"];
        };
        /** @description SRCC away from home under other routing weights (or posteriors), and what is lost without the own ones. */
        AwayRoutingResponse: {
            own: components["schemas"]["Spread"] | null;
            uniform: components["schemas"]["Spread"] | null;
            shuffled: components["schemas"]["Spread"] | null;
            /** @description Every picture has the mean weights of the training photographs. */
            mean: components["schemas"]["Spread"] | null;
            /** @description Own less uniform, paired over heads. */
            uniform_cost: components["schemas"]["Comparison"] | null;
            /** @description Own less shuffled, paired over heads. */
            shuffled_cost: components["schemas"]["Comparison"] | null;
            /** @description Own less mean, paired over heads. */
            mean_cost: components["schemas"]["Comparison"] | null;
        };
        /** @description The Bayesian information criterion of mixtures of so many clusters; lower is better. */
        BicResponse: {
            num_clusters: number;
            median: number;
            low: number;
            high: number;
        };
        /** @description The same with the 95 % bootstrap interval of SRCC inside a split: medians of its ends over splits. */
        BoardFigures: {
            srcc: components["schemas"]["Spread"] | null;
            plcc: components["schemas"]["Spread"] | null;
            plcc_fitted: components["schemas"]["Spread"] | null;
            krcc: components["schemas"]["Spread"] | null;
            rmse: components["schemas"]["Spread"] | null;
            srcc_interval: components["schemas"]["Bounds"];
        };
        Body_create_analysis_api_v1_analyses_post: {
            /** @description One picture. */
            file: string;
            /** @description Checkpoint id; default: the service's default. */
            checkpoint?: string | null;
        };
        Body_preview_labels_api_v1_studies_labels_post: {
            /** @description The table. */
            labels: string;
            /** @description Names of the pictures that will be sent, as a JSON list. */
            pictures?: string | null;
            /** @description Lower end of what the labels are on; default: told from them. */
            low?: string | null;
            /** @description Upper end; with `low`. */
            high?: string | null;
            /** @description Whether a high label is good or bad. */
            direction?: string | null;
            /** @description Which column is which, as JSON such as `{"image": "shot"}`; roles are image, label, std, type, level and reference. */
            columns?: string | null;
        };
        /** @description The ends of an interval. */
        Bounds: {
            low: number | null;
            high: number | null;
        };
        /** @description Every checkpoint folder: a card for those that serve, the reason for those that were refused. */
        CardList: {
            /** @description Used where a request names none; null where nothing is served. */
            default: string | null;
            /** @description Every part there can be, in the order of the way through a model. */
            parts: ("types" | "mixture" | "gate" | "attention" | "severities" | "experts" | "fusion")[];
            cards: components["schemas"]["CardSummary"][];
            refused: components["schemas"]["RefusalResponse"][];
        };
        /** @description A checkpoint that is served, with what it is made of and how well it did. */
        CardSummary: {
            id: string;
            variant: string;
            formulation: string;
            title: string;
            /**
             * @description What the model is, in a sentence; empty where its folder does not say.
             * @default
             */
            description: string;
            weights_sha256: string;
            parameter_count: number;
            /** @description Null where the variant has no mixture. */
            num_clusters: number | null;
            /** @description Null where the variant has no experts. */
            num_experts: number | null;
            training_data: string[];
            parts: ("types" | "mixture" | "gate" | "attention" | "severities" | "experts" | "fusion")[];
            backbone: string;
            /** @description Whether the trunk's last stages were trained, too. */
            is_fine_tuned: boolean;
            recipe: string;
            /** @description Which part of the data the shipped weights saw, in words. */
            fitted_on: string;
            datasets: components["schemas"]["DatasetResponse"][];
            /** @description Over how many splits the figures are; null without metrics. */
            num_splits: number | null;
            /** @description What the figures stand on, as the weights do; null without metrics. */
            features: ("frozen" | "fine_tuned") | null;
            /** @description Of what ships; empty without readable metrics. */
            figures: components["schemas"]["HeldOutResponse"][];
        };
        /** @description A model card in both forms. */
        CardTextResponse: {
            checkpoint: string;
            markdown: string;
            /** @description Without scripts, styles, pictures and foreign markup; headings from level 3. */
            html: string;
        };
        /** @description A picture under two distortions, one after the other, and what a checkpoint says of it. */
        CellResponse: {
            checkpoint: string;
            score: components["schemas"]["ScoreResponse"];
            variant: string;
            formulation: string;
            /** @description SHA-256 of the weights that gave this score. */
            weights_sha256: string;
            /** @description p(cluster given picture), K; adds up to one. */
            posteriors: number[] | null;
            /** @description Names of the K clusters. */
            cluster_names: string[] | null;
            /** @description log p(embedding): low is unlike the training photographs. */
            log_likelihood: number | null;
            /** @description Percentile of `log_likelihood` among the training photographs: near 0 is unlike all of them. */
            familiarity: number | null;
            /** @description The gate's own output, E; adds up to one. */
            gating_weights: number[] | null;
            /** @description What weighs the experts, E; adds up to one. */
            routing_weights: number[] | null;
            /** @description Attention on the clusters, K, mean over heads. */
            attention_weights: number[] | null;
            /** @description Predicted severities, S, each at least 0. */
            severities: number[] | null;
            /** @description The S distortion groups that the severities are of. */
            severity_names: string[] | null;
            /** @description Empty where the variant has no experts. */
            experts: components["schemas"]["ExpertResponse"][];
            distortion: components["schemas"]["DistortionResponse"] | null;
            image: components["schemas"]["ImageResponse"];
            /** @description Wall time of each stage and in total, in milliseconds. */
            timing_ms: {
                [key: string]: number;
            };
            analysis: string;
            /** @description Two types as FIRST+SECOND, or a grid that people rated. */
            grid: string;
            /** @description How much of the first distortion, from 0. */
            row: number;
            /** @description How much of the second, which is done on top, from 0. */
            column: number;
            /** @description Whether it differs from the picture itself by rounding at most. */
            equals_original: boolean;
            /** @description The pixels that were scored, losslessly; a path on this host, kept for an hour. */
            picture: string;
        };
        /** @description Everything about one checkpoint; what needs labels, or a part that it lacks, is `None`. */
        CheckpointFigures: {
            id: string;
            title: string;
            variant: string;
            formulation: string;
            weights_sha256: string;
            mean_score: number | null;
            score_deviation: number | null;
            mapping: components["schemas"]["LabelMapping"] | null;
            agreement: components["schemas"]["Agreement"] | null;
            coverage: components["schemas"]["Coverage"] | null;
            mean_absolute_error: number | null;
            bias: number | null;
            by_label: components["schemas"]["PartErrors"][];
            by_field: {
                [key: string]: components["schemas"]["PartErrors"][];
            };
            routing: components["schemas"]["Routing"] | null;
            clusters: components["schemas"]["Mix"] | null;
            experts: components["schemas"]["Mix"] | null;
        };
        /** @description Every checkpoint folder: those that serve and those that were refused. */
        CheckpointList: {
            /** @description Used where a request names none; null where nothing is served. */
            default: string | null;
            checkpoints: components["schemas"]["CheckpointResponse"][];
            refused: components["schemas"]["RefusalResponse"][];
        };
        /** @description A checkpoint that is served. */
        CheckpointResponse: {
            id: string;
            variant: string;
            formulation: string;
            title: string;
            /**
             * @description What the model is, in a sentence; empty where its folder does not say.
             * @default
             */
            description: string;
            weights_sha256: string;
            parameter_count: number;
            /** @description Null where the variant has no mixture. */
            num_clusters: number | null;
            /** @description Null where the variant has no experts. */
            num_experts: number | null;
            training_data: string[];
        };
        /** @description Scores of one checkpoint, in the order of `positions`. */
        CheckpointScores: {
            checkpoint: string;
            scores: number[];
        };
        /** @description A raw little-endian array, one row per picture; a value is offset + scale * stored. */
        ColumnResponse: {
            /** @description What the pictures' owner calls it; null for those that every map may have. */
            title: string | null;
            /** @enum {string} */
            kind: "category" | "number" | "vector";
            /** @enum {string} */
            dtype: "<f4" | "<f2" | "|u1" | "<u2" | "<u4";
            /** @description Rows, and numbers in a row where there are several. */
            shape: number[];
            scale: number;
            offset: number;
            /** @description Stored where there is no value; for floats NaN is, too. */
            missing: number | null;
            /** @description Whose names among `categories` the codes or axes have. */
            labels: string | null;
            bytes: number;
            sha256: string;
            url: string;
        };
        /** @description Paired differences over splits: median, 95 % interval of the median, Wilcoxon's p, mean and deviation. */
        Comparison: {
            median_difference: number | null;
            interval: components["schemas"]["Bounds"];
            p_value: number | null;
            num_pairs: number;
            mean_difference: number | null;
            deviation: number | null;
        };
        /**
         * @description Pictures of the set, those that could be read, those of them that have a label, and what found no partner.
         *
         *     `faults` counts the pictures that could not be read by the code of what is wrong with them.
         */
        Counts: {
            pictures: number;
            readable: number;
            rated: number;
            unmatched_rows: number;
            unmatched_pictures: number;
            faults: {
                [key: string]: number;
            };
        };
        /** @description Promised and measured share of labels inside the prediction intervals, and their mean width in points. */
        Coverage: {
            promised: number;
            measured: components["schemas"]["Estimate"];
            mean_width: number | null;
        };
        /** @description Whose photographs they are, under which licence, and where from. */
        CreditResponse: {
            credit: string;
            source: string | null;
            /** @description Names of the contents. */
            references: string[];
        };
        /** @description Loss terms of the training run of the head that ships, at some of its steps. */
        CurveResponse: {
            checkpoint: string;
            steps: number[];
            /** @description Each as long as `steps`; weighted, no unit. */
            terms: {
                [key: string]: number[];
            };
        };
        /** @description A data set that the weights saw. */
        DatasetResponse: {
            name: string;
            num_pictures: number;
        };
        /** @description A picture and what is decided about it. */
        DecidedPicture: {
            position: number;
            decision: components["schemas"]["DecisionResponse"];
        };
        /** @description Pictures with what is decided about them. */
        DecidedPictures: {
            items: components["schemas"]["DecidedPicture"][];
        };
        /** @description What is decided about a picture from now on; what is left out is decided no more. */
        DecisionChange: {
            choice?: ("keep" | "reject") | null;
            tags?: string[];
            corrected_score?: number | null;
            /** @description `revision` as it was read: if it is another by now, nothing changes (409). */
            revision: number;
        };
        /** @description What was decided about a picture by hand. */
        DecisionResponse: {
            /** @description Null: neither kept nor rejected. */
            choice: ("keep" | "reject") | null;
            tags: string[];
            /** @description What a person says instead of the predicted score, 0-100. */
            corrected_score: number | null;
            /** @description Counts its changes; 0 before the first. */
            revision: number;
        };
        /** @description SRCC and RMSE of one checkpoint less those of another, on the same drawn pictures. */
        Difference: {
            checkpoint: string;
            other: string;
            srcc: components["schemas"]["Estimate"];
            rmse: components["schemas"]["Estimate"];
        };
        /** @description Probabilities of what was done to the picture; each map adds up to one. */
        DistortionResponse: {
            /** @description By group, 8 with clean. */
            groups: {
                [key: string]: number;
            };
            /** @description By type, 26 with clean. */
            types: {
                [key: string]: number;
            };
        };
        /**
         * @description How intervals were made: pictures, or whole references, drawn again with replacement.
         *
         *     Kendall's coefficient is drawn less often where there are very many pictures.
         */
        Drawing: {
            /** @enum {string} */
            unit: "pictures" | "references";
            num_samples: number;
            num_samples_krcc: number;
            seed: number;
        };
        /**
         * @description Pictures belong together within both limits of a copy, or where their shares of a scene's add up to 1 at most.
         *
         *     Distances are 1 - cosine.
         */
        DuplicateLimits: {
            copy_layout: number;
            copy_features: number;
            scene_layout: number;
            scene_features: number;
        };
        /** @description Groups of near-duplicates, each with its best picture first, by the scores of one checkpoint. */
        Duplicates: {
            checkpoint: string;
            limits: components["schemas"]["DuplicateLimits"];
            groups: string[][];
        };
        /** @description A histogram of the entropies of all pictures' weights, in nats. */
        EntropyResponse: {
            edges: number[];
            counts: number[];
            mean: number;
            /** @description Entropy of equal weights. */
            maximum: number;
            /** @description Share of pictures whose largest weight is above 0.99. */
            saturation: number;
        };
        /** @description A figure, and its 95 % bootstrap interval. */
        Estimate: {
            value: number | null;
            low: number | null;
            high: number | null;
        };
        /** @description A picture with a high posterior for a cluster. */
        ExampleResponse: {
            row: number;
            posterior: number;
            /** @description Whether the cluster is the picture's most probable one. */
            is_top: boolean;
            reference: string;
            /** @description Null where nobody named the distortion. */
            type: string | null;
            level: number;
        };
        /** @description One expert's own prediction and its part in the score. */
        ExpertResponse: {
            name: string;
            /** @enum {string} */
            kind: "expert" | "fusion";
            /** @description The expert's own prediction, 0-100. */
            score: number;
            /** @description What weighs it, 0-1; the weights add up to one. */
            weight: number;
            /** @description Points it adds to the score; they add up to score.value. */
            contribution: number;
        };
        /** @description A checkpoint's experts and clusters: who is used, who is good at what, and what they follow. */
        ExpertsResponse: {
            checkpoint: string;
            weights_sha256: string;
            variant: string;
            formulation: string;
            num_clusters: number | null;
            num_experts: number | null;
            /** @description Every map of the checkpoint. */
            maps: components["schemas"]["MapChoice"][];
            /** @description Maps that are stale or damaged, and why. */
            refused: components["schemas"]["MapFaultResponse"][];
            /** @description Null where the checkpoint has no map. */
            map: components["schemas"]["MeasuredMap"] | null;
            /** @description Measured on the map's pictures; null where there is no map. */
            usage: components["schemas"]["UsageResponse"] | null;
            /** @description Pictures of each cluster. */
            examples: components["schemas"]["ExampleResponse"][][] | null;
            /** @description From the checkpoint's metrics.json; null where it has none. */
            folds: components["schemas"]["FoldsResponse"] | null;
            /** @description Why a metrics.json that is there could not be read. */
            folds_fault: string | null;
        };
        /** @description A checkpoint's figures on one kind of features. */
        FeatureFigures: {
            num_splits: number;
            photographs: components["schemas"]["AgreementFigures"];
            synthetic: components["schemas"]["AgreementFigures"];
            /** @description On photographs, medians over splits, points. */
            quality_errors: components["schemas"]["QualityErrors"] | null;
            router: components["schemas"]["RouterResponse"] | null;
        };
        /** @description One file of a checkpoint: what was recorded of it and what was found; null for what nobody recorded or found. */
        FileResponse: {
            /** @description Relative to the folder of all checkpoints. */
            path: string;
            /** @enum {string} */
            state: "as_recorded" | "unrecorded" | "changed" | "missing" | "unreadable";
            recorded_bytes: number | null;
            found_bytes: number | null;
            recorded_sha256: string | null;
            found_sha256: string | null;
        };
        /**
         * @description What a head fitted to the labels is worth on pictures that took no part, beside the shipped one, mapped.
         *
         *     `penalty`, per feature, was chosen by cross-validation among all rated pictures, those of folds among the others;
         *     `None` leaves nothing but the mapping. `srcc` and `rmse` are fitted less shipped.
         */
        FitFigures: {
            checkpoint: string;
            labels: number;
            folds: number;
            /** @enum {string} */
            unit: "pictures" | "references";
            mapping: components["schemas"]["LabelMapping"];
            penalty: number | null;
            penalties_of_folds: (number | null)[];
            shipped: components["schemas"]["Agreement"];
            fitted: components["schemas"]["Agreement"];
            srcc: components["schemas"]["Estimate"];
            rmse: components["schemas"]["Estimate"];
            is_better: boolean;
        };
        /** @description Agreement over splits. */
        FoldAgreementResponse: {
            ami: components["schemas"]["Spread"] | null;
            nmi: components["schemas"]["Spread"] | null;
        };
        /** @description What the evaluation measured on test folds, over splits, of heads like the one that ships. */
        FoldsResponse: {
            num_splits: number;
            /**
             * @description What the heads stood on, as the weights that ship do.
             * @enum {string}
             */
            features: "frozen" | "fine_tuned";
            agreement: {
                [key: string]: components["schemas"]["FoldAgreementResponse"];
            } | null;
            bic: components["schemas"]["BicResponse"][] | null;
            interventions: components["schemas"]["InterventionsResponse"] | null;
        };
        /** @description How much of one distortion there is along a grid. */
        GridAxis: {
            distortion_type: string;
            /** @description The amounts as the database says them. */
            stated: number[];
            /** @description What the operation takes; null where it is not done. */
            parameters: (number | null)[];
        };
        /** @description How well scores agree with the labels of pictures that the head did not see. */
        HeldOutResponse: {
            /** @description photographs, synthetic, or a rated set's name. */
            name: string;
            /** @enum {string} */
            fold: "test_fold" | "held_out_whole";
            srcc: components["schemas"]["Spread"] | null;
            plcc: components["schemas"]["Spread"] | null;
        };
        /** @description The picture as it was scored. */
        ImageResponse: {
            /** @description Pixels, after orientation. */
            width: number;
            /** @description Pixels, after orientation. */
            height: number;
            /**
             * @description Encoded format of the upload.
             * @example JPEG
             */
            format: string;
            /** @description What was done to it before scoring, if anything. */
            notes: string[];
        };
        /** @description The pictures of a map. */
        ImageSetResponse: {
            address: string;
            sha256: string;
            name: string;
            count: number;
            label_kind: ("mos" | "pseudo_mos") | null;
            /** @description Different contents. */
            num_references: number;
            /** @description Pictures that could not be decoded. */
            num_left_out: number;
            /** @description Licence lines; empty for pictures that nobody passed on. */
            credits: components["schemas"]["CreditResponse"][];
            thumbnails: components["schemas"]["ThumbnailsResponse"];
            /** @description Ids of all pictures and all contents; long for large sets. */
            rows_url: string;
            /** @description Followed by / and a row: the picture at full size. */
            pictures_url: string;
        };
        /** @description What `rows_url` answers, by row and by content. */
        ImageSetRows: {
            ids: string[];
            references: components["schemas"]["ReferenceResponse"][];
        };
        /** @description Mutual information: in nats, and over the mean of both entropies (0 to 1). */
        InformationResponse: {
            nats: number;
            normalised: number;
        };
        /** @description A checkpoint's files, read and hashed for this answer. */
        IntegrityResponse: {
            checkpoint: string;
            /** @enum {string} */
            state: "served" | "refused" | "served_as_before";
            refusal: components["schemas"]["RefusalResponse"] | null;
            files: components["schemas"]["FileResponse"][];
        };
        /** @description SRCC when the routing weights, or the posteriors, are replaced. */
        InterventionsResponse: {
            /** @enum {string} */
            replaced: "routing_weights" | "posteriors";
            photographs: {
                [key: string]: components["schemas"]["Spread"];
            };
            synthetic: {
                [key: string]: components["schemas"]["Spread"];
            };
            /** @description What shuffling costs; null where no split has it. */
            cost: components["schemas"]["Parts_ShufflingCost_"] | null;
        };
        /** @description Why a picture was refused. */
        ItemErrorResponse: {
            /** @description A stable name of this kind of error, the same as an upload's answer has. */
            code: string;
            /** @description What was got and what was expected. */
            detail: string;
        };
        /** @description A part of a job's finished items. */
        ItemPage: {
            items: components["schemas"]["ItemResponse"][];
            /** @description Send it back as `after` for the next part; null at the end. */
            next_after: number | null;
        };
        /** @description One picture of a batch with its result; what a refused one, or a variant, does not have is null. */
        ItemResponse: {
            /** @description Its place in the order in which the job's items finished, from 1. */
            sequence: number;
            /** @description Its place in the batch, from 0. */
            position: number;
            /** @description As it was sent; in an archive, the path inside. Text, never a path here. */
            filename: string;
            /** @enum {string} */
            state: "scored" | "refused";
            score: components["schemas"]["ScoreResponse"] | null;
            /** @description Null where it was scored. */
            error: components["schemas"]["ItemErrorResponse"] | null;
            /** @description Pixels, after orientation. */
            width: number | null;
            /** @description Pixels, after orientation. */
            height: number | null;
            /**
             * @description Encoded format.
             * @example JPEG
             */
            format: string | null;
            /** @description What was done to it before scoring, if anything. */
            notes: string[] | null;
            /** @description Percentile of its log-likelihood among the training photographs. */
            familiarity: number | null;
            top_cluster: components["schemas"]["TopCluster"] | null;
            top_expert: components["schemas"]["TopExpert"] | null;
            distortion: components["schemas"]["TopDistortion"] | null;
            /** @description SHA-256 of the weights that gave this score. */
            weights_sha256: string | null;
        };
        /** @description Where to find a job and what became of it; paths on this host. */
        JobLinks: {
            self: string;
            page: string;
            /** @description Server-sent events: `progress`, `item` and, once nothing is left to do, `end`. */
            events: string;
            items: string;
            /** @description A file with every finished item; add `?format=csv`, `jsonl` or `parquet`. */
            results: string;
        };
        /** @description A part of the list of jobs, newest first. */
        JobList: {
            items: components["schemas"]["JobResponse"][];
            /** @description Send it back as `cursor` for the next part; null at the end. */
            next_cursor: string | null;
            /** @description How many the whole list has now, in all its parts. */
            total: number;
        };
        /** @description A batch of pictures being scored under one checkpoint, as far as it is. */
        JobResponse: {
            id: string;
            /** Format: date-time */
            created_at: string;
            /** @description Null until the first picture's turn. */
            started_at: string | null;
            /** @description When it was done or cancelled; null before. */
            finished_at: string | null;
            /** @enum {string} */
            state: "queued" | "running" | "done" | "cancelled";
            checkpoint: string;
            /** @description Name of the archive or of the first file as it was sent; text, never a path. */
            filename: string;
            /** @description How many pictures it has. */
            total: number;
            /** @description How many of them have a result: scored and refused. */
            finished: number;
            scored: number;
            /** @description How many cannot be scored; each item says why. */
            refused: number;
            /** @description How many files of an archive are nobody's pictures, and not in `total`. */
            skipped: number;
            /** @description The first hundred of them, each with its reason. */
            skipped_files: components["schemas"]["SkippedFile"][];
            /** @description Mean of what was scored so far; null before the first. */
            mean_score: number | null;
            /** @description Estimate from the pace so far; null where there is none. */
            seconds_left: number | null;
            links: components["schemas"]["JobLinks"];
        };
        /** @description The column of each role; null where the table has none. */
        LabelColumns: {
            image?: string | null;
            label?: string | null;
            std?: string | null;
            type?: string | null;
            level?: string | null;
            reference?: string | null;
        };
        /** @description What the table's labels are on, and how they lie on 0-100; `fields` are its further columns. */
        LabelFigures: {
            file: string;
            column: string;
            low: number;
            high: number;
            higher_is_better: boolean;
            smallest: number | null;
            mean: number | null;
            largest: number | null;
            deviation: number | null;
            fields: string[];
        };
        /**
         * @description What scores are mapped to the labels by before `plcc` and `rmse` are taken.
         *
         *     logistic: low + (high - low) / (1 + exp(-(score - middle) / width)); linear: intercept + slope * score.
         */
        LabelMapping: {
            /** @enum {string} */
            kind: "logistic" | "linear";
            parameters: {
                [key: string]: number;
            };
        };
        /** @description One row of a table as it will be taken. */
        LabelSample: {
            image: string;
            label: number | null;
            /** @description The label on 0-100, higher is better. */
            score: number | null;
            /** @description The picture that the row is of; null where none fits. */
            picture: string | null;
        };
        /** @description `slope * label + offset` is on the checkpoint's scale, as `score_error` has it. */
        LabelScaleResponse: {
            /** @enum {string} */
            kind: "nominal" | "moments";
            slope: number;
            offset: number;
        };
        /** @description What a table of labels will be taken for. */
        LabelsPreview: {
            filename: string;
            /** @description All of its columns. */
            header: string[];
            columns: components["schemas"]["LabelColumns"];
            /** @description Further columns, by which errors are told apart. */
            fields: string[];
            rows: number;
            /** @description Rows with a label. */
            labelled: number;
            /** @description Of the labels as they stand in the table. */
            smallest: number | null;
            largest: number | null;
            /** @description Lower end of what they are taken to be on; null where that is to be said. */
            low: number | null;
            high: number | null;
            higher_is_better: boolean | null;
            /** @description Pictures that have a row; null where no pictures were named. */
            matched: number | null;
            unmatched_rows: number | null;
            unmatched_pictures: number | null;
            /** @description Up to ten rows, those with a picture first. */
            samples: components["schemas"]["LabelSample"][];
            /** @description What only its owner can say before it can be taken: the column of the pictures' names, or `low` and `high`; null where nothing is missing. */
            asks: ("image" | "range") | null;
            /** @description Why it is asked for. */
            detail: string | null;
        };
        /** @description Every checkpoint, best median SRCC on photographs first. */
        LeaderboardResponse: {
            split_sha256: string;
            seeds: number[];
            rule: components["schemas"]["Rule"];
            checkpoints: components["schemas"]["RowResponse"][];
            /** @description On frozen features. */
            pairwise: components["schemas"]["PairwiseResponse"];
            /** @description On fine-tuned features; null where fewer than two checkpoints were measured there. */
            pairwise_fine_tuned: components["schemas"]["PairwiseResponse"] | null;
        };
        /** @description Where a picture lies on a checkpoint's map. */
        LevelPlace: {
            /** @description The map's address. */
            map: string;
            x: number;
            y: number;
            /** @description Whether the picture is unlike all of the map, so that its place says little. */
            is_far: boolean;
        };
        /** @description A picture under a distortion type at one level, and what a checkpoint says of it. */
        LevelResponse: {
            checkpoint: string;
            score: components["schemas"]["ScoreResponse"];
            variant: string;
            formulation: string;
            /** @description SHA-256 of the weights that gave this score. */
            weights_sha256: string;
            /** @description p(cluster given picture), K; adds up to one. */
            posteriors: number[] | null;
            /** @description Names of the K clusters. */
            cluster_names: string[] | null;
            /** @description log p(embedding): low is unlike the training photographs. */
            log_likelihood: number | null;
            /** @description Percentile of `log_likelihood` among the training photographs: near 0 is unlike all of them. */
            familiarity: number | null;
            /** @description The gate's own output, E; adds up to one. */
            gating_weights: number[] | null;
            /** @description What weighs the experts, E; adds up to one. */
            routing_weights: number[] | null;
            /** @description Attention on the clusters, K, mean over heads. */
            attention_weights: number[] | null;
            /** @description Predicted severities, S, each at least 0. */
            severities: number[] | null;
            /** @description The S distortion groups that the severities are of. */
            severity_names: string[] | null;
            /** @description Empty where the variant has no experts. */
            experts: components["schemas"]["ExpertResponse"][];
            distortion: components["schemas"]["DistortionResponse"] | null;
            image: components["schemas"]["ImageResponse"];
            /** @description Wall time of each stage and in total, in milliseconds. */
            timing_ms: {
                [key: string]: number;
            };
            analysis: string;
            distortion_type: string;
            /** @description 1 (mild) to 5; 0 is the picture itself. */
            level: number;
            /** @description Whether it differs from the picture itself by rounding at most. */
            equals_original: boolean;
            /** @description Null where the checkpoint has no map that may be shown. */
            place: components["schemas"]["LevelPlace"] | null;
            /** @description The pixels that were scored, losslessly; a path on this host, kept for an hour. */
            picture: string;
        };
        /** @description Where to find the analysis and its pictures; paths on this host. */
        Links: {
            self: string;
            page: string;
            /** @description The picture as it was scored, to the pixel, without metadata. */
            picture: string;
            thumbnail: string;
        };
        /** @description A checkpoint's word on overlapping windows, each seen as a picture of its own. R rows, C columns of windows. */
        LocalQualityResponse: {
            analysis: string;
            checkpoint: string;
            /** @description SHA-256 of the weights that gave these scores. */
            weights_sha256: string;
            /** @description Side of a window, in pixels of the picture. */
            window_px: number;
            /** @description From one window to the next; the last may be nearer. */
            stride_px: number;
            rows: components["schemas"]["WindowAxisResponse"];
            columns: components["schemas"]["WindowAxisResponse"];
            /** @description Predicted MOS of each window, 0-100: R rows of C. */
            scores: number[][];
            /** @description Most probable cluster of each window, an index into `cluster_names`; null without clusters. */
            clusters: number[][] | null;
            cluster_names: string[] | null;
            /** @description What was done to the picture before windows were taken, if anything. */
            notes: string[];
        };
        /** @description A map that figures can be asked for. */
        MapChoice: {
            address: string;
            /** @description Its image set. */
            name: string;
            count: number;
        };
        /** @description A map that is stale or damaged, and why. */
        MapFaultResponse: {
            address: string;
            /** @description File at fault, relative to the map's folder or to the checkpoints'. */
            file: string;
            field: string;
            /** @description What was got and what was expected. */
            reason: string;
        };
        /** @description Every map of a checkpoint: those that may be shown, and those that were refused. */
        MapList: {
            checkpoint: string;
            weights_sha256: string;
            maps: components["schemas"]["MapResponse"][];
            refused: components["schemas"]["MapFaultResponse"][];
        };
        /** @description One checkpoint's view of one image set. */
        MapResponse: {
            address: string;
            /** @description Pictures, as many as each column has rows. */
            count: number;
            image_set: components["schemas"]["ImageSetResponse"];
            space: components["schemas"]["SpaceResponse"];
            projection: components["schemas"]["ProjectionResponse"];
            placing: components["schemas"]["PlacingResponse"];
            label_scale: components["schemas"]["LabelScaleResponse"] | null;
            /** @description Names of codes; those of `reference` are in `rows_url`. */
            categories: {
                [key: string]: string[];
            };
            columns: {
                [key: string]: components["schemas"]["ColumnResponse"];
            };
            neighbour_spaces: ("features" | "posteriors")[];
            neighbours_url: string;
        };
        /** @description The baseline of the same size. */
        MatchedResponse: {
            recipe: string;
            parameter_count: number;
            photographs: components["schemas"]["AgainstBaseline"];
            synthetic: components["schemas"]["AgainstBaseline"];
        };
        /** @description The pictures that figures were measured on. */
        MeasuredMap: {
            address: string;
            image_set: string;
            label_kind: ("mos" | "pseudo_mos") | null;
            /** @description How labels were brought to the scores' scale: as they stand, or to their mean and deviation. */
            label_scale: ("nominal" | "moments") | null;
            /** @description Whether the weights name a training set as this image set is called. */
            is_training_data: boolean;
            num_pictures: number;
            num_contents: number;
            num_rated: number;
            /** @description Pictures at `min_visible_level` or above, for agreement and information. */
            num_visible: number;
            min_visible_level: number;
            thumbnails: components["schemas"]["ThumbnailsResponse"];
        };
        /** @description Figures over splits on one kind of features. */
        MeasuredResponse: {
            num_splits: number;
            figures: components["schemas"]["Parts_BoardFigures_"];
            matched_baseline: components["schemas"]["MatchedResponse"] | null;
            /** @description Predictors without a network at home; null where that was not measured. */
            plain: components["schemas"]["Parts_PlainResponse_"] | null;
            /** @description Away from home; empty where that was not measured. */
            away: components["schemas"]["AwayResponse"][];
        };
        /** @description Medians over splits, one per bin. */
        Medians: {
            median: (number | null)[];
        };
        /** @description One checkpoint's figures. */
        MetricsResponse: {
            checkpoint: string;
            recipe: string;
            /** @description Names the splits; predictions of equal splits are of the same pictures. */
            split_sha256: string;
            frozen: components["schemas"]["FeatureFigures"];
            /** @description On fine-tuned features, where that was measured. */
            fine_tuned: components["schemas"]["FeatureFigures"] | null;
        };
        /** @description Mean share of each cluster, or weight of each expert, over the set. */
        Mix: {
            names: string[];
            mean: number[];
        };
        /** @description A distortion type, and a mean absolute error in points. */
        NamedErrorResponse: {
            name: string;
            error: number;
        };
        /** @description The pictures nearest to one of the map, nearest first, without itself. */
        NeighbourList: {
            row: number;
            /** @enum {string} */
            space: "features" | "posteriors";
            /** @description euclidean among the projected points, hellinger (0-1) among posteriors. */
            metric: string;
            /**
             * @description What the distances are between.
             * @enum {string}
             */
            source: "embedding" | "features" | "posteriors";
            neighbours: components["schemas"]["NeighbourResponse"][];
            /** @description Further pictures exactly as near as the last. */
            tied: number;
        };
        /** @description A picture of the map, and how far it is. */
        NeighbourResponse: {
            row: number;
            distance: number;
        };
        /** @description What a checkpoint says of two pictures. */
        PairUnder: {
            checkpoint: string;
            /** @description Score of the first. */
            a: number;
            b: number;
            /** @description P that people would rate the first higher than the second. */
            probability: number;
        };
        /** @description Every checkpoint (row) less every other one (column), C x C in the order of `ids`; null on the diagonal. */
        PairwiseResponse: {
            /** @enum {string} */
            part: "photographs" | "synthetic";
            /** @constant */
            figure: "srcc";
            ids: string[];
            median_difference: (number | null)[][];
            low: (number | null)[][];
            high: (number | null)[][];
            p_value: (number | null)[][];
            p_holm: (number | null)[][];
            num_pairs: (number | null)[][];
            /** @description P of the corrected resampled t-test. */
            p_corrected: (number | null)[][];
            /** @description signed_rank: Wilcoxon's after Holm's correction, and the corrected resampled t-test. corrected_t: that one alone, after the correction, where no p of Wilcoxon's could be small enough. null: too few splits. */
            test: (("signed_rank" | "corrected_t") | null)[][];
            verdict: (("better" | "worse" | "hinted at: better" | "hinted at: worse" | "no difference shown" | "too few splits") | null)[][];
            /** @description Pairs that Holm's correction is over. */
            num_comparisons: number;
            /** @description The smallest p_holm of the most splits and so many pairs. */
            smallest_p_holm: number;
        };
        /**
         * @description Pictures of one part of the set: mean absolute error and mean error (bias) of mapped scores, and SRCC there.
         *
         *     The part is those with one value of a field, or a bin of labels from `low` to `high`.
         */
        PartErrors: {
            name: string;
            count: number;
            mean_absolute_error: number | null;
            bias: number | null;
            srcc: number | null;
            low?: number | null;
            high?: number | null;
        };
        /** @description The same on photographs with human scores and on synthetic pictures. */
        Parts_BoardFigures_: {
            photographs: components["schemas"]["BoardFigures"];
            synthetic: components["schemas"]["BoardFigures"];
        };
        /** @description The same on photographs with human scores and on synthetic pictures. */
        Parts_PlainResponse_: {
            photographs: components["schemas"]["PlainResponse"];
            synthetic: components["schemas"]["PlainResponse"];
        };
        /** @description The same on photographs with human scores and on synthetic pictures. */
        Parts_ShufflingCost_: {
            photographs: components["schemas"]["ShufflingCost"];
            synthetic: components["schemas"]["ShufflingCost"];
        };
        /** @description The same on photographs with human scores and on synthetic pictures. */
        Parts_int_: {
            photographs: number;
            synthetic: number;
        };
        /** @description The same of one of several pictures. */
        PictureChange: {
            choice?: ("keep" | "reject") | null;
            tags?: string[];
            corrected_score?: number | null;
            /** @description `revision` as it was read: if it is another by now, nothing changes (409). */
            revision: number;
            position: number;
        };
        /** @description What is decided about several pictures: all of it is kept, or nothing. */
        PictureChanges: {
            changes: components["schemas"]["PictureChange"][];
        };
        /** @description A part of a study's pictures under one checkpoint. */
        PicturePage: {
            checkpoint: string;
            items: components["schemas"]["PictureRow"][];
            /** @description How many fit in all parts together. */
            total: number;
            /** @description Send it back as `after` for the next part; null at the end. */
            next_after: number | null;
        };
        /** @description Two pictures of a study under every checkpoint; the rows are those under the one that was asked for. */
        PicturePair: {
            checkpoint: string;
            a: components["schemas"]["PictureRow"];
            b: components["schemas"]["PictureRow"];
            /** @description Whether both are in one group: then their errors have much in common, and P says too little. */
            are_near_duplicates: boolean;
            /** @description Every checkpoint, in the order of the study. */
            under: components["schemas"]["PairUnder"][];
        };
        /** @description One picture of a study under a checkpoint; what it does not have is null. */
        PictureRow: {
            /** @description Its place in the study, from 0. */
            position: number;
            filename: string;
            /** @enum {string} */
            state: "scored" | "refused";
            error_code: string | null;
            error_detail: string | null;
            /** @description Predicted MOS, 0-100. */
            score: number | null;
            /** @description Lower end of the 90 % interval. */
            low: number | null;
            high: number | null;
            word: string | null;
            /** @description On 0-100, higher is better. */
            label: number | null;
            /** @description Score after the mapping to the labels, less the label. */
            error: number | null;
            /** @description Score under the checkpoint that was named as `other`. */
            other_score: number | null;
            familiarity: number | null;
            /** @description Of the posteriors, in nats: high where clusters share the picture. */
            entropy: number | null;
            top_cluster: string | null;
            top_expert: string | null;
            distortion_type: string | null;
            width: number | null;
            height: number | null;
            /** @description Number of its group of near-duplicates. */
            duplicate_group: number | null;
            /** @description Its place in that group by score; 1 is the best. */
            duplicate_rank: number | null;
            /** @description Where the study's rule puts it; null without a rule or a score. */
            triage: ("pass" | "review" | "reject") | null;
            decision: components["schemas"]["DecisionResponse"];
            /** @description Further columns of the table of labels. */
            fields: {
                [key: string]: string;
            };
            /** @description Its small copy; null where it cannot be read. */
            thumbnail: string | null;
        };
        /** @description Where an uploaded picture lies on a checkpoint's map. */
        PlaceResponse: {
            analysis: string;
            checkpoint: string;
            map: string;
            x: number;
            y: number;
            /** @description Mean distance to the neighbours. */
            distance: number;
            warning_distance: number;
            /** @description Whether the picture is unlike all of the map, so that its place says little. */
            is_far: boolean;
            /** @description The same in words, where it is far. */
            warning: string | null;
            /** @description What placed it, nearest first. */
            neighbours: components["schemas"]["PlacingNeighbourResponse"][];
        };
        /** @description A picture of the map that helped to place another one. */
        PlacingNeighbourResponse: {
            row: number;
            distance: number;
            /** @description Its share in the place; the shares add up to one. */
            weight: number;
        };
        /** @description How many neighbours place a picture, and from which mean distance on it is far from all. */
        PlacingResponse: {
            num_neighbours: number;
            warning_distance: number;
        };
        /** @description SRCC of predictors without a network on the same pictures. */
        PlainResponse: {
            /** @description Ridge regression on the same features of the same training pictures. */
            ridge: components["schemas"]["Spread"] | null;
            /** @description Mean label of type and level over the other references of the set, whose labels it has seen; null where types and levels are unknown. */
            table: components["schemas"]["Spread"] | null;
        };
        /** @description An expert in a few facts. */
        PortraitResponse: {
            name: string;
            /** @description Groups that give it more weight than any other expert. */
            called_for: string[];
            /** @description Groups in which no other expert comes closer to the labels. */
            best_at: string[];
            /** @description Types with its smallest errors. */
            strongest: components["schemas"]["NamedErrorResponse"][];
            /** @description Types with its largest errors. */
            weakest: components["schemas"]["NamedErrorResponse"][];
        };
        /** @description Which checkpoint shall score the kept picture. */
        PredictionRequest: {
            /** @example no_gmm */
            checkpoint: string;
        };
        /** @description Scores of the test photographs of the first split (N each), by the head that was trained on that split. */
        PredictionsResponse: {
            checkpoint: string;
            /** @description As the metrics have it: pictures are compared with those of equal splits alone. Null without readable metrics. */
            split_sha256: string | null;
            ids: string[];
            references: string[];
            classes: string[];
            levels: number[];
            /** @description Human scores, points. */
            labels: number[];
            /** @description Predicted, points. */
            scores: number[];
            /** @description Predictive standard deviations, points. */
            score_stds: number[];
            /** @description Position from 0; null where the variant has no clusters. */
            top_clusters: (number | null)[];
            /** @description Position from 0; null where the variant has no experts. */
            top_experts: (number | null)[];
        };
        /** @description An error, in the shape of RFC 9457. */
        ProblemDetails: {
            /**
             * @description Always about:blank: the title is the status's own phrase.
             * @default about:blank
             */
            type: string;
            /** @description The HTTP status in words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What was got and what was expected. */
            detail: string;
            /** @description A stable name of this kind of error, for programs. */
            code: string;
            /** @description Names this request in the service's log. */
            request_id: string;
        };
        /** @description How it became two-dimensional. */
        ProjectionResponse: {
            method: string;
            library: string;
            seed: number;
            parameters: {
                [key: string]: string | number;
            };
        };
        /** @description Errors per fifth of the human score, worst first: upper edge, mean absolute and mean signed error, points. */
        QualityErrors: {
            upper_edges: components["schemas"]["Medians"];
            mean_absolute_error: components["schemas"]["Medians"];
            bias: components["schemas"]["Medians"];
        };
        /** @description Every grid that people rated. */
        RatedGridList: {
            grids: components["schemas"]["RatedGridResponse"][];
        };
        /** @description What people said of two distortions, one after the other. */
        RatedGridResponse: {
            name: string;
            database: string;
            first: components["schemas"]["GridAxis"];
            second: components["schemas"]["GridAxis"];
            /** @description End of the database's scale: of a MOS the lower one, of a DMOS the higher. */
            worst: number;
            best: number;
            /** @description By row and column; null where nobody was asked. */
            means: (number | null)[][];
            /** @description Of the means over references. */
            standard_errors: (number | null)[][];
            num_references: number;
        };
        /** @description A content; the column `reference` counts into them. */
        ReferenceResponse: {
            name: string;
            credit: string | null;
            source: string | null;
            /** @description Whether `pictures_url` has pictures of it. */
            has_picture: boolean;
        };
        /** @description A checkpoint folder that failed its checks, and why. */
        RefusalResponse: {
            id: string;
            /** @description File at fault, relative to the folder. */
            file: string;
            /** @description Field at fault within that file. */
            field: string;
            /** @description What was got and what was expected. */
            reason: string;
        };
        /** @description What replacing the routing (or the posteriors) costs on one part, in SRCC. */
        RouterCost: {
            /** @description own, shuffled, uniform, wrong and oracle, over splits. */
            srcc: {
                [key: string]: components["schemas"]["Spread"];
            };
            /** @description Own less shuffled, paired over splits. */
            shuffled_cost: components["schemas"]["Comparison"];
            /** @description Own less uniform, paired over splits. */
            uniform_cost: components["schemas"]["Comparison"];
            /** @description Whether shuffling costs less than `min_cost`. */
            is_decorative: boolean;
            /** @default 0.02 */
            min_cost: number;
        };
        /** @description Interventions on the routing weights, or on the posteriors where there are no experts. */
        RouterResponse: {
            /** @enum {string} */
            replaced: "routing_weights" | "posteriors";
            photographs: components["schemas"]["RouterCost"];
            synthetic: components["schemas"]["RouterCost"];
        };
        /**
         * @description SRCC under the checkpoint's own routing, under equal weights, and under another picture's weights.
         *
         *     The differences are own less the other: a router that is worth something has them above zero.
         */
        Routing: {
            own: number | null;
            uniform: number | null;
            shuffled: number | null;
            own_less_uniform: components["schemas"]["Estimate"];
            own_less_shuffled: components["schemas"]["Estimate"];
        };
        /** @description A checkpoint on the leaderboard. */
        RowResponse: {
            id: string;
            variant: string;
            formulation: string;
            title: string;
            parameter_count: number;
            /** @description Place by median SRCC on frozen features, 1 is best. */
            ranks: components["schemas"]["Parts_int_"];
            frozen: components["schemas"]["MeasuredResponse"];
            /** @description On fine-tuned features, where that was measured. */
            fine_tuned: components["schemas"]["MeasuredResponse"] | null;
            /** @description On synthetic pictures, frozen features. */
            srcc_by_type: {
                [key: string]: components["schemas"]["Spread"] | null;
            } | null;
        };
        /** @description When a difference counts as shown. */
        Rule: {
            /**
             * @description Both p have to be below it.
             * @default 0.05
             */
            level: number;
            /**
             * @description Fewest splits for Wilcoxon's signed-rank test.
             * @default 6
             */
            min_splits: number;
            /**
             * @description Fewest for the corrected resampled t-test after Holm, in its place.
             * @default 3
             */
            min_splits_corrected: number;
        };
        /** @description Two thresholds on a checkpoint's scores: a picture below `low` is rejected, from `high` on it passes. */
        RuleBody: {
            checkpoint: string;
            /**
             * @description Whether both are points, or percentiles of the study's own scores.
             * @enum {string}
             */
            kind: "points" | "percentile";
            low: number;
            high: number;
        };
        /** @description The rule of a study. */
        RuleResponse: {
            /** @description Null where it has none. */
            rule: components["schemas"]["RuleBody"] | null;
        };
        /** @description Predicted quality with its uncertainty, and how to read it. */
        ScoreResponse: {
            /**
             * @description Predicted mean opinion score.
             * @example 61.2
             */
            value: number;
            /** @description Predictive standard deviation, in points. */
            std: number;
            /** @description Lower end of the 90 % split-conformal interval. */
            low: number;
            /** @description Upper end of the 90 % split-conformal interval. */
            high: number;
            /** @description Lowest and highest score there can be. */
            range: [
                number,
                number
            ];
            higher_is_better: boolean;
            /** @description ITU-R BT.500's word: bad, poor, fair, good or excellent. */
            word: string;
        };
        /** @description What another picture's weights cost in SRCC: the median of paired differences over splits. */
        ShufflingCost: {
            srcc: number;
            /** @description Whether that is less than a score that depends on its routing pays. */
            is_decorative: boolean;
        };
        /** @description On the rated pictures of a group: how close each expert's own score comes to the labels. */
        SkillResponse: {
            group: string;
            count: number;
            /** @description Mean absolute errors in points, by expert. */
            errors: number[];
            /** @description Spearman's rank correlation, by expert. */
            correlations: (number | null)[];
            /** @description The same of the checkpoint's score. */
            score_error: number;
            score_correlation: number | null;
        };
        /** @description A file of an archive that is no item of the batch. */
        SkippedFile: {
            filename: string;
            /**
             * @description `system-file`: what macOS, Windows, desktops and network drives leave in folders, such as `__MACOSX`, `._*` and `Thumbs.db`; `hidden-file`: its name, or that of a folder above it, begins with a dot.
             * @enum {string}
             */
            reason: "hidden-file" | "system-file";
        };
        /** @description What was projected, and in what space pictures are near each other. */
        SpaceResponse: {
            /** @enum {string} */
            source: "embedding" | "features";
            input_dim: number;
            dim: number;
        };
        /** @description A figure over splits: median, smallest and largest value. */
        Spread: {
            median: number;
            low: number;
            high: number;
        };
        /** @description Why a study has come to nothing. */
        StudyFailure: {
            code: string;
            detail: string;
        };
        /** @description All of a study. `best` has the highest SRCC, `as_good` are those that cannot be told from it here. */
        StudyFigures: {
            /** @constant */
            format: 1;
            name: string;
            counts: components["schemas"]["Counts"];
            labels: components["schemas"]["LabelFigures"] | null;
            drawing: components["schemas"]["Drawing"] | null;
            /** @enum {string} */
            verdict: "no_labels" | "few_labels" | "equal_labels" | "one_checkpoint" | "clear" | "tied";
            best: string | null;
            as_good: string[];
            checkpoints: components["schemas"]["CheckpointFigures"][];
            to_best: components["schemas"]["Difference"][];
            to_baseline: components["schemas"]["Difference"][];
            duplicates: components["schemas"]["Duplicates"];
            /** @default [] */
            fits: components["schemas"]["FitFigures"][];
        };
        /** @description A study's table of labels, and what found a partner in it. */
        StudyLabelsResponse: {
            /** @description As it was sent; text, never a path. */
            filename: string;
            /** @description The column of the labels; null where there is none. */
            column: string | null;
            /** @description Lower end of what the labels are on; null where no row has one. */
            low: number | null;
            high: number | null;
            /** @description False for DMOS. */
            higher_is_better: boolean | null;
            /** @description Pictures that have a row. */
            matched: number;
            /** @description Those of them whose row has a label. */
            labelled: number;
            /** @description Rows whose picture was not sent. */
            unmatched_rows: number;
            /** @description Pictures that have no row. */
            unmatched_pictures: number;
        };
        /** @description Where to find a study and what it has; paths on this host. */
        StudyLinks: {
            self: string;
            page: string;
            /** @description Server-sent events: `progress` and, once nothing is left to do, `end`. */
            events: string;
            figures: string;
            /** @description Rows of pictures; add `?format=csv`, `jsonl` or `parquet` for a file. */
            pictures: string;
            /** @description Two thresholds by which pictures pass, are to be reviewed, or are rejected. */
            rule: string;
            /** @description Two pictures, by `a` and `b`, and which people would rate higher. */
            pairs: string;
            /** @description Labels and all checkpoints' scores, column by column. */
            scores: string;
            /** @description Its map under a checkpoint; add `?checkpoint=`, or have the best one's. */
            map: string;
            /** @description Use and skill of a checkpoint's experts and clusters; likewise. */
            experts: string;
            /** @description Pictures that stand for all; add `?n=`, and `&format=zip` for small copies, too. */
            subset: string;
            /** @description Stars as XMP sidecars, in a zip. */
            xmp: string;
            /** @description One HTML file that needs nothing else. */
            report: string;
            /** @description Rows and pictures without a partner, as CSV. */
            unmatched: string;
        };
        /** @description A part of the list of studies, newest first. */
        StudyList: {
            items: components["schemas"]["StudyResponse"][];
            /** @description Send it back as `cursor` for the next part; null at the end. */
            next_cursor: string | null;
            /** @description How many the whole list has now, in all its parts. */
            total: number;
        };
        /** @description What came of a study, in short; its figures have the rest. */
        StudyOutcome: {
            /**
             * @description `clear`: `best` orders these pictures better than each of the others; `tied`: it cannot be told from `as_good`; the others say why there is no verdict.
             * @enum {string}
             */
            verdict: "no_labels" | "few_labels" | "equal_labels" | "one_checkpoint" | "clear" | "tied";
            /** @description The checkpoint with the highest SRCC; null where there is none. */
            best: string | null;
            /** @description Checkpoints that these pictures do not tell from `best`. */
            as_good: string[];
            /** @description Pictures that could be read. */
            readable: number;
            /** @description Those of them that have a label. */
            rated: number;
        };
        /** @description A set of pictures under several checkpoints, as far as it is. */
        StudyResponse: {
            id: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            /** @description Null until its turn. */
            started_at: string | null;
            /** @description When it was done or failed; null before. */
            finished_at: string | null;
            /** @enum {string} */
            state: "queued" | "running" | "done" | "failed";
            /** @description `looking` at pictures, `measuring`, then `maps`; null unless it runs. */
            stage: ("looking" | "measuring" | "maps") | null;
            checkpoints: string[];
            /** @description How many pictures it has. */
            total: number;
            /** @description How many of them were looked at. */
            done: number;
            /** @description How many of these cannot be read; their rows say why. */
            refused: number;
            /** @description How many files of an archive are nobody's pictures, and not in `total`. */
            skipped: number;
            /** @description Null where no table was sent. */
            labels: components["schemas"]["StudyLabelsResponse"] | null;
            /** @description Estimate of the looking from its pace; null where there is none. */
            seconds_left: number | null;
            /** @description Null until its figures stand, which maps do not hold up. */
            outcome: components["schemas"]["StudyOutcome"] | null;
            /** @description Checkpoints whose map of the pictures can be looked at by now. */
            maps: string[];
            /** @description Null unless it failed. */
            failure: components["schemas"]["StudyFailure"] | null;
            links: components["schemas"]["StudyLinks"];
        };
        /** @description Every picture that could be read, column by column. */
        StudyScores: {
            positions: number[];
            filenames: string[];
            labels: (number | null)[];
            checkpoints: components["schemas"]["CheckpointScores"][];
        };
        /** @description Sprite sheets: row r is tile r % tiles_per_sheet of sheet r // tiles_per_sheet, row by row. */
        ThumbnailsResponse: {
            tile_px: number;
            /** @description Tiles beside each other. */
            columns: number;
            tiles_per_sheet: number;
            /** @description Addresses of the sheets, which never change. */
            sheets: string[];
        };
        /** @description The cluster that a picture most likely belongs to. */
        TopCluster: {
            name: string;
            posterior: number;
        };
        /** @description The most likely distortion type and its group, both `clean` for none. */
        TopDistortion: {
            type: string;
            group: string;
            probability: number;
        };
        /** @description The expert that has most weight. */
        TopExpert: {
            name: string;
            weight: number;
        };
        /** @description Everything measured on a map's pictures; a part that the variant lacks is null. */
        UsageResponse: {
            experts: components["schemas"]["UseResponse"] | null;
            clusters: components["schemas"]["UseResponse"] | null;
            skill: components["schemas"]["SkillResponse"][] | null;
            portraits: components["schemas"]["PortraitResponse"][] | null;
            /** @description Mean routing weights by top cluster. */
            experts_by_cluster: components["schemas"]["WeightsResponse"][] | null;
            cluster_expert_information: components["schemas"]["InformationResponse"] | null;
            agreement: {
                [key: string]: components["schemas"]["AgreementResponse"];
            } | null;
        };
        /** @description How experts (by routing weights) or clusters (by posteriors) are used. */
        UseResponse: {
            names: string[];
            /** @description They add up to one. */
            mean_weights: number[];
            /** @description Share of pictures for which each has the largest weight. */
            top_shares: number[];
            /** @description Which get less than a tenth of an equal share. */
            dead: number[];
            /** @description exp(entropy of the mean weights): 1 to their number. */
            effective_number: number;
            entropy: components["schemas"]["EntropyResponse"];
            by_group: components["schemas"]["WeightsResponse"][];
            by_type: components["schemas"]["WeightsResponse"][];
            type_information: components["schemas"]["InformationResponse"] | null;
            group_information: components["schemas"]["InformationResponse"] | null;
        };
        /** @description What loading a checkpoint anew brought: null scores and a refusal where it failed. */
        VerificationResponse: {
            checkpoint: string;
            /** @description Score of the golden picture now, in points. */
            golden_score: number | null;
            /** @description The score that config.json remembers. */
            expected_score: number | null;
            /** @description Largest difference that is accepted, in points. */
            tolerance: number;
            refusal: components["schemas"]["RefusalResponse"] | null;
            seconds: number;
        };
        /** @description Mean weights on the pictures of a label, in the order of the names; they add up to one. */
        WeightsResponse: {
            name: string;
            /** @description Pictures of this label. */
            count: number;
            mean_weights: number[];
        };
        /** @description Windows along one side of the picture, and the cells that they speak for; in its pixels. */
        WindowAxisResponse: {
            /** @description First pixel of each window, and the one after its last. */
            spans: [
                number,
                number
            ][];
            /** @description Borders of the cells, one more than windows: they cover the side. */
            edges: number[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AgainstBaseline = components['schemas']['AgainstBaseline'];
export type Agreement = components['schemas']['Agreement'];
export type AgreementFigures = components['schemas']['AgreementFigures'];
export type AgreementResponse = components['schemas']['AgreementResponse'];
export type AnalysisList = components['schemas']['AnalysisList'];
export type AnalysisResponse = components['schemas']['AnalysisResponse'];
export type AnalysisSummary = components['schemas']['AnalysisSummary'];
export type AwayResponse = components['schemas']['AwayResponse'];
export type AwayRoutingResponse = components['schemas']['AwayRoutingResponse'];
export type BicResponse = components['schemas']['BicResponse'];
export type BoardFigures = components['schemas']['BoardFigures'];
export type Body_create_analysis_api_v1_analyses_post = components['schemas']['Body_create_analysis_api_v1_analyses_post'];
export type Body_preview_labels_api_v1_studies_labels_post = components['schemas']['Body_preview_labels_api_v1_studies_labels_post'];
export type Bounds = components['schemas']['Bounds'];
export type CardList = components['schemas']['CardList'];
export type CardSummary = components['schemas']['CardSummary'];
export type CardTextResponse = components['schemas']['CardTextResponse'];
export type CellResponse = components['schemas']['CellResponse'];
export type CheckpointFigures = components['schemas']['CheckpointFigures'];
export type CheckpointList = components['schemas']['CheckpointList'];
export type CheckpointResponse = components['schemas']['CheckpointResponse'];
export type CheckpointScores = components['schemas']['CheckpointScores'];
export type ColumnResponse = components['schemas']['ColumnResponse'];
export type Comparison = components['schemas']['Comparison'];
export type Counts = components['schemas']['Counts'];
export type Coverage = components['schemas']['Coverage'];
export type CreditResponse = components['schemas']['CreditResponse'];
export type CurveResponse = components['schemas']['CurveResponse'];
export type DatasetResponse = components['schemas']['DatasetResponse'];
export type DecidedPicture = components['schemas']['DecidedPicture'];
export type DecidedPictures = components['schemas']['DecidedPictures'];
export type DecisionChange = components['schemas']['DecisionChange'];
export type DecisionResponse = components['schemas']['DecisionResponse'];
export type Difference = components['schemas']['Difference'];
export type DistortionResponse = components['schemas']['DistortionResponse'];
export type Drawing = components['schemas']['Drawing'];
export type DuplicateLimits = components['schemas']['DuplicateLimits'];
export type Duplicates = components['schemas']['Duplicates'];
export type EntropyResponse = components['schemas']['EntropyResponse'];
export type Estimate = components['schemas']['Estimate'];
export type ExampleResponse = components['schemas']['ExampleResponse'];
export type ExpertResponse = components['schemas']['ExpertResponse'];
export type ExpertsResponse = components['schemas']['ExpertsResponse'];
export type FeatureFigures = components['schemas']['FeatureFigures'];
export type FileResponse = components['schemas']['FileResponse'];
export type FitFigures = components['schemas']['FitFigures'];
export type FoldAgreementResponse = components['schemas']['FoldAgreementResponse'];
export type FoldsResponse = components['schemas']['FoldsResponse'];
export type GridAxis = components['schemas']['GridAxis'];
export type HeldOutResponse = components['schemas']['HeldOutResponse'];
export type ImageResponse = components['schemas']['ImageResponse'];
export type ImageSetResponse = components['schemas']['ImageSetResponse'];
export type ImageSetRows = components['schemas']['ImageSetRows'];
export type InformationResponse = components['schemas']['InformationResponse'];
export type IntegrityResponse = components['schemas']['IntegrityResponse'];
export type InterventionsResponse = components['schemas']['InterventionsResponse'];
export type ItemErrorResponse = components['schemas']['ItemErrorResponse'];
export type ItemPage = components['schemas']['ItemPage'];
export type ItemResponse = components['schemas']['ItemResponse'];
export type JobLinks = components['schemas']['JobLinks'];
export type JobList = components['schemas']['JobList'];
export type JobResponse = components['schemas']['JobResponse'];
export type LabelColumns = components['schemas']['LabelColumns'];
export type LabelFigures = components['schemas']['LabelFigures'];
export type LabelMapping = components['schemas']['LabelMapping'];
export type LabelSample = components['schemas']['LabelSample'];
export type LabelScaleResponse = components['schemas']['LabelScaleResponse'];
export type LabelsPreview = components['schemas']['LabelsPreview'];
export type LeaderboardResponse = components['schemas']['LeaderboardResponse'];
export type LevelPlace = components['schemas']['LevelPlace'];
export type LevelResponse = components['schemas']['LevelResponse'];
export type Links = components['schemas']['Links'];
export type LocalQualityResponse = components['schemas']['LocalQualityResponse'];
export type MapChoice = components['schemas']['MapChoice'];
export type MapFaultResponse = components['schemas']['MapFaultResponse'];
export type MapList = components['schemas']['MapList'];
export type MapResponse = components['schemas']['MapResponse'];
export type MatchedResponse = components['schemas']['MatchedResponse'];
export type MeasuredMap = components['schemas']['MeasuredMap'];
export type MeasuredResponse = components['schemas']['MeasuredResponse'];
export type Medians = components['schemas']['Medians'];
export type MetricsResponse = components['schemas']['MetricsResponse'];
export type Mix = components['schemas']['Mix'];
export type NamedErrorResponse = components['schemas']['NamedErrorResponse'];
export type NeighbourList = components['schemas']['NeighbourList'];
export type NeighbourResponse = components['schemas']['NeighbourResponse'];
export type PairUnder = components['schemas']['PairUnder'];
export type PairwiseResponse = components['schemas']['PairwiseResponse'];
export type PartErrors = components['schemas']['PartErrors'];
export type Parts_BoardFigures_ = components['schemas']['Parts_BoardFigures_'];
export type Parts_PlainResponse_ = components['schemas']['Parts_PlainResponse_'];
export type Parts_ShufflingCost_ = components['schemas']['Parts_ShufflingCost_'];
export type Parts_int_ = components['schemas']['Parts_int_'];
export type PictureChange = components['schemas']['PictureChange'];
export type PictureChanges = components['schemas']['PictureChanges'];
export type PicturePage = components['schemas']['PicturePage'];
export type PicturePair = components['schemas']['PicturePair'];
export type PictureRow = components['schemas']['PictureRow'];
export type PlaceResponse = components['schemas']['PlaceResponse'];
export type PlacingNeighbourResponse = components['schemas']['PlacingNeighbourResponse'];
export type PlacingResponse = components['schemas']['PlacingResponse'];
export type PlainResponse = components['schemas']['PlainResponse'];
export type PortraitResponse = components['schemas']['PortraitResponse'];
export type PredictionRequest = components['schemas']['PredictionRequest'];
export type PredictionsResponse = components['schemas']['PredictionsResponse'];
export type ProblemDetails = components['schemas']['ProblemDetails'];
export type ProjectionResponse = components['schemas']['ProjectionResponse'];
export type QualityErrors = components['schemas']['QualityErrors'];
export type RatedGridList = components['schemas']['RatedGridList'];
export type RatedGridResponse = components['schemas']['RatedGridResponse'];
export type ReferenceResponse = components['schemas']['ReferenceResponse'];
export type RefusalResponse = components['schemas']['RefusalResponse'];
export type RouterCost = components['schemas']['RouterCost'];
export type RouterResponse = components['schemas']['RouterResponse'];
export type Routing = components['schemas']['Routing'];
export type RowResponse = components['schemas']['RowResponse'];
export type Rule = components['schemas']['Rule'];
export type RuleBody = components['schemas']['RuleBody'];
export type RuleResponse = components['schemas']['RuleResponse'];
export type ScoreResponse = components['schemas']['ScoreResponse'];
export type ShufflingCost = components['schemas']['ShufflingCost'];
export type SkillResponse = components['schemas']['SkillResponse'];
export type SkippedFile = components['schemas']['SkippedFile'];
export type SpaceResponse = components['schemas']['SpaceResponse'];
export type Spread = components['schemas']['Spread'];
export type StudyFailure = components['schemas']['StudyFailure'];
export type StudyFigures = components['schemas']['StudyFigures'];
export type StudyLabelsResponse = components['schemas']['StudyLabelsResponse'];
export type StudyLinks = components['schemas']['StudyLinks'];
export type StudyList = components['schemas']['StudyList'];
export type StudyOutcome = components['schemas']['StudyOutcome'];
export type StudyResponse = components['schemas']['StudyResponse'];
export type StudyScores = components['schemas']['StudyScores'];
export type ThumbnailsResponse = components['schemas']['ThumbnailsResponse'];
export type TopCluster = components['schemas']['TopCluster'];
export type TopDistortion = components['schemas']['TopDistortion'];
export type TopExpert = components['schemas']['TopExpert'];
export type UsageResponse = components['schemas']['UsageResponse'];
export type UseResponse = components['schemas']['UseResponse'];
export type VerificationResponse = components['schemas']['VerificationResponse'];
export type WeightsResponse = components['schemas']['WeightsResponse'];
export type WindowAxisResponse = components['schemas']['WindowAxisResponse'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
